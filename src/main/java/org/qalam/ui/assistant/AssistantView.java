package org.qalam.ui.assistant;

import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import org.qalam.assist.Action;
import org.qalam.ui.text.Messages;

/** The side panel: actions, what is under way, the answer, the history. */
public final class AssistantView extends VBox {
  private final Messages messages = Messages.of(AssistantView.class);
  private final AssistantViewModel model;
  private final TextArea instruction = new TextArea();

  /**
   * @param openModels shows the page of models
   */
  public AssistantView(AssistantViewModel model, Runnable openModels) {
    this.model = model;
    getStyleClass().add("assistant-view");
    for (Action action : model.actions()) {
      if (!action.needsInstruction()) {
        Button button = new Button(name(action));
        button.setOnAction(_ -> model.run(action));
        getChildren().add(button);
      }
    }
    getChildren().add(instruction);
  }

  /** Opens the menu of actions at a place on the screen, such as below the selection. */
  public void showActionsAt(double screenX, double screenY) {
    ContextMenu menu = new ContextMenu();
    for (Action action : model.actions()) {
      if (!action.needsInstruction()) {
        MenuItem item = new MenuItem(name(action));
        item.setOnAction(_ -> model.run(action));
        menu.getItems().add(item);
      }
    }
    menu.show(this, screenX, screenY);
  }

  /** Puts the keyboard into the instruction box. */
  public void focusInstruction() {
    instruction.requestFocus();
  }

  private String name(Action action) {
    return messages.getOr("action." + action.id(), action.id());
  }
}
