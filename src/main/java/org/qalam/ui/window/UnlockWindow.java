package org.qalam.ui.window;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.qalam.task.UiThread;
import org.qalam.ui.privacy.UnlockView;
import org.qalam.ui.privacy.UnlockViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.Mirroring;

/**
 * A small window that asks for a passphrase: in the place of Qalam's while the notes are locked, of
 * which it tells nothing, or for a backup.
 */
@UiThread
public final class UnlockWindow {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 360;

  /** What is locked. */
  public enum What {
    NOTES,
    BACKUP
  }

  private UnlockWindow() {}

  /**
   * Shows it.
   *
   * @param what is locked
   * @param close is asked when the writer wants to leave
   */
  public static void show(Stage stage, UnlockViewModel model, What what, Runnable close) {
    show(stage, model, what, close, Theme.Choice.SYSTEM);
  }

  /**
   * The same where it is known which look the writer chose: that stands among the notes.
   *
   * @param look of it
   */
  static void show(
      Stage stage, UnlockViewModel model, What what, Runnable close, Theme.Choice look) {
    UnlockView view = new UnlockView(model, what == What.BACKUP);
    StackPane root = new StackPane();
    root.setStyle("-fx-font-family: '" + Fonts.controls() + "'; -fx-font-size: 14px;");
    Scene scene = new Scene(root, WIDTH, HEIGHT);
    Mirroring.of(scene);
    new Theme(scene, List.of(List.of(view))).choiceProperty().set(look);
    root.getChildren().add(view); // now that its colours are known
    stage.setScene(scene);
    stage.setTitle(Messages.of(UnlockWindow.class).get("name"));
    stage.getIcons().addAll(WindowSession.icons());
    stage.setMinWidth(WIDTH - 60);
    stage.setMinHeight(HEIGHT);
    stage.setOnCloseRequest(event -> {
      event.consume();
      close.run();
    });
    stage.show();
    view.focus();
  }
}
