package org.qalam.ui.actions;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Action;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** What a new action can begin with: nothing, or one of the program's. */
@UiThread
public final class StartPage extends VBox {
  /** A file that says nothing yet. */
  private static final String EMPTY = "---\nkind: rewrite\n---\n";

  /**
   * What there is to begin with.
   *
   * @param actions all that there are; the program's are offered
   * @param name an action's name for people
   */
  public record Starts(Supplier<List<Action>> actions, Function<Action, String> name) {}

  private final Button empty;

  StartPage(OwnActionsViewModel model, Starts starts, Messages messages) {
    super(14);
    setId("actions-start");
    getStyleClass().add("start-page");
    Label title = new Label(messages.get("start"));
    title.getStyleClass().add("page-title");
    WrappedText told = new WrappedText(messages.get("start.told"));
    told.getStyleClass().add("muted");
    empty = new Button(messages.get("start.empty"), new FontIcon("mdi2p-plus"));
    empty.setId("start-empty");
    empty.getStyleClass().add("accent-button");
    empty.setOnAction(_ -> model.begin(EMPTY));
    Label like = new Label(messages.get("start.like"));
    like.getStyleClass().add("section");
    FlowPane builtIn = new FlowPane(8, 8);
    for (Action action : starts.actions().get()) {
      if (!action.isOwn() && !action.needsInstruction()) {
        String name = starts.name().apply(action);
        Button button = new Button(name, new FontIcon(action.icon()));
        button.setId("start-" + action.id());
        button.getStyleClass().add("plain-button");
        button.setOnAction(_ -> model.beginLike(action, messages.get("copy-of", name)));
        builtIn.getChildren().add(button);
      }
    }
    getChildren().addAll(title, told, new HBox(empty), like, builtIn);
  }

  @Override
  public void requestFocus() {
    empty.requestFocus();
  }
}
