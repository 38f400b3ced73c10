package org.qalam.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;

/**
 * One way through everything that the window shows: what a first visit of it takes, the start-up
 * cache has then seen (docs/decisions/0034). It leaves the open document's text as it was; other
 * documents are made and deleted.
 */
final class Tour {
  private static final String WORDS =
      "Yesterday we was walking to the libary and it were closed. She dont like it and he go home. ";

  private final Hand hand = new Hand(Duration.ofMillis(60));
  private final StyleClassedTextArea area;
  private final String before;

  Tour(StyleClassedTextArea area) {
    this.area = area;
    this.before = Hand.onUi(area::getText);
  }

  /** On any thread but JavaFX's, with the window at rest. */
  void run() {
    hand.shortcut(KeyCode.N);
    hand.await("The new document did not open", () -> area.getLength() == 0);
    hand.type(area, WORDS);
    menus();
    columns();
    find();
    if (Hand.onUi(() -> Hand.enabled("#action-proofread"))) {
      review();
      stop();
      earlierAnswer();
    }
    longText();
    settings();
    narrower();
    hand.act(() -> Hand.find(".library-view .list-view", Node.class).requestFocus());
    hand.press(KeyCode.DELETE);
    hand.act(() -> choose(".library-view .list-view", 0));
    hand.await("The first document did not open", () -> area.getText().equals(before));
  }

  private void menus() {
    for (String menu : List.of(".main-menu", ".model-pill")) {
      hand.act(() -> Hand.find(menu, MenuButton.class).show());
      hand.act(() -> Hand.find(menu, MenuButton.class).hide());
    }
    hand.act(() -> {
      Stage stage = Hand.stages().getFirst();
      area.getContextMenu().show(area, stage.getX() + 400, stage.getY() + 200);
    });
    hand.act(() -> area.getContextMenu().hide());
    if (Hand.onUi(() -> Hand.enabled("#action-more"))) { // there is a model
      fire("#action-more");
      hand.press(KeyCode.ESCAPE);
    }
  }

  private void columns() {
    for (String column : List.of("#tool-view-list", "#tool-view-panel")) {
      fire(column);
      fire(column);
    }
    hand.act(() -> Hand.find(".library-view .filter", TextInputControl.class).setText("yes"));
    hand.act(() -> Hand.find(".library-view .filter", TextInputControl.class).clear());
    hand.act(() -> Hand.find(".library-view .list-view", Node.class).requestFocus());
    hand.press(KeyCode.F2);
    hand.press(KeyCode.ESCAPE);
  }

  private void find() {
    hand.shortcut(KeyCode.F);
    hand.press(KeyCode.W);
    hand.press(KeyCode.ENTER);
    hand.press(KeyCode.ESCAPE);
    hand.shortcut(KeyCode.EQUALS);
    hand.shortcut(KeyCode.DIGIT0);
  }

  private void review() {
    hand.act(area::requestFocus);
    hand.shortcut(KeyCode.A);
    hand.proofread();
    hand.press(KeyCode.F8);
    hand.press(KeyCode.ALT, KeyCode.ENTER);
    hand.press(KeyCode.ALT, KeyCode.DELETE);
    hand.shortcut(KeyCode.Z);
    hand.shortcut(KeyCode.ENTER);
    hand.shortcut(KeyCode.Z);
    hand.type(area, "And so on.");
  }

  private void stop() {
    hand.act(area::requestFocus);
    hand.act(area::selectAll);
    fire("#action-rewrite");
    if (Hand.onUi(() -> Hand.enabled("#stop"))) {
      fire("#stop");
    }
    hand.press(KeyCode.ESCAPE);
  }

  private void earlierAnswer() {
    hand.act(() -> {
      choose(".past .list-view", 0);
      Hand.find(".past .list-view", Node.class).requestFocus();
    });
    hand.press(KeyCode.ENTER);
    hand.pause();
    for (String side : List.of("#side-original", "#side-result", "#side-changes", "#discard")) {
      if (Hand.onUi(() -> Hand.enabled(side))) {
        fire(side);
      }
    }
  }

  private void longText() {
    String page = ("## Chapter\n\n" + WORDS.repeat(4) + "\n\n- *one*\n- `two`\n\n").repeat(100);
    hand.act(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, page)));
    hand.act(area::requestFocus);
    hand.shortcut(KeyCode.V);
    hand.await("The long text did not arrive", () -> area.getLength() >= page.length());
    hand.act(() -> {
      area.moveTo(page.length() / 2);
      area.requestFollowCaret();
    });
    hand.type(area, "And here.");
    hand.shortcut(KeyCode.A);
    hand.shortcut(KeyCode.Z);
  }

  private void settings() {
    hand.shortcut(KeyCode.COMMA);
    hand.await("The settings did not open", () -> Hand.shown("#theme-dark").isPresent());
    for (String page : List.of("#settings-keys", "#settings-actions", "#settings-models")) {
      fire(page);
    }
    for (String look : List.of("#theme-dark", "#theme-light", "#theme-system")) {
      fire(look);
    }
    hand.press(KeyCode.ESCAPE);
  }

  private void narrower() {
    Stage stage = Hand.onUi(() -> Hand.stages().getFirst());
    double width = Hand.onUi(stage::getWidth);
    for (int step = 1; step <= 6; step++) {
      double narrower = width - 10 * step;
      hand.act(() -> stage.setWidth(narrower));
    }
    hand.act(() -> stage.setWidth(width));
  }

  /** On the JavaFX thread. */
  private static void choose(String list, int place) {
    Hand.find(list, ListView.class).getSelectionModel().select(place);
  }

  private void fire(String button) {
    hand.act(() -> Hand.find(button, ButtonBase.class).fire());
  }
}
