package org.qalam.ui.assistant;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.qalam.ui.text.Messages;

/** One, two or three proposals: which of them the writer wants. */
final class ProposalChoice extends VBox {
  ProposalChoice(ProposalCount count, Messages messages) {
    setId("proposals");
    setAlignment(Pos.TOP_CENTER);
    getStyleClass().add("proposals");
    setMinWidth(USE_PREF_SIZE);
    Label title = new Label(messages.get("proposals.title"));
    title.getStyleClass().add("quiet");
    HBox numbers = new HBox();
    numbers.getStyleClass().add("segments");
    getChildren().addAll(title, numbers);
    ToggleGroup group = new ToggleGroup();
    for (int i = 1; i <= ProposalCount.MOST; i++) {
      int proposals = i;
      ToggleButton button = new ToggleButton(messages.get("proposals.number", proposals));
      button.setId("proposals-" + proposals);
      button.setToggleGroup(group);
      button.getStyleClass().add("segment");
      button.setAccessibleText(messages.get("proposals", proposals));
      button.setAccessibleHelp(messages.get("proposals.told"));
      button.setTooltip(new Tooltip(messages.get("proposals.told")));
      button.setOnAction(_ -> {
        count.want(proposals);
        button.setSelected(true); // a second press does not take it away
      });
      numbers.getChildren().add(button);
    }
    count.wantedProperty().addListener((_, _, now) -> select(group, now.intValue()));
    select(group, count.wantedProperty().get());
  }

  private static void select(ToggleGroup group, int proposals) {
    group.selectToggle(group.getToggles().get(proposals - 1));
  }
}
