package org.qalam.ui.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.task.TaskRunner;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.editor.EditorViewModel;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.privacy.UnlockViewModel;
import org.qalam.ui.text.Messages;

/**
 * Draws the dialog of backups, light and dark, and mirrored where the language is Arabic. Run its
 * {@code main} on the headless platform.
 */
final class BackupGallery {
  /** Work that never ends. */
  private static final TaskRunner ENDLESS =
      new TaskRunner() {
        @Override
        public <T> CompletableFuture<T> submit(Callable<T> work) {
          return new CompletableFuture<>();
        }
      };

  private final Stage stage = new Stage();

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(Shots.FOLDER);
    Platform.setImplicitExit(false);
    Platform.startup(() -> {});
    try {
      for (String look : new String[] {"light", "dark"}) {
        BackupGallery[] gallery = new BackupGallery[1];
        Shots.onUi(() -> gallery[0] = new BackupGallery());
        gallery[0].draw(look);
      }
    } finally {
      Platform.exit();
    }
  }

  private void draw(String look) throws Exception {
    Path home = Files.createTempDirectory("gallery");
    WindowViewModel[] model = new WindowViewModel[1];
    DocumentStore[] store = new DocumentStore[1];
    Shots.onUi(() -> {
      store[0] = H2DocumentStore.open(home);
      model[0] = model(store[0]);
      show(model[0], look, home.resolve("all.backup"));
    });
    String name = look + "-" + Locale.getDefault().getLanguage();
    shoot("backup-open-" + name, () -> {});
    shoot("backup-own-" + name, () -> fire("#backup-own"));
    shoot(
        "backup-differ-" + name,
        () -> {
          type("#backup-passphrase", "ثلاثة طيور and a boat");
          type("#backup-again", "ثلاثة طيور and a goat");
          fire("#backup-run");
        });
    shoot(
        "backup-working-" + name,
        () -> {
          type("#backup-again", "ثلاثة طيور and a boat");
          fire("#backup-run");
        });
    Shots.onUi(() -> {
      WindowViewModel secret = model(store[0]);
      secret.privacy().opened(DataKey.random(), false);
      show(secret, look, home.resolve("all.backup"));
      model[0].letGo();
      model[0] = secret;
    });
    shoot("backup-secret-" + name, () -> {});
    Shots.onUi(() -> {
      KeyRing ring = KeyRing.lock(DataKey.random(), Passphrase.of("two words"));
      UnlockWindow.show(
          stage,
          new UnlockViewModel(ring, Desk.SAME_THREAD, Platform::runLater, (_, _) -> {}),
          UnlockWindow.What.BACKUP,
          () -> {},
          Theme.Choice.parse(look));
    });
    shoot("backup-unlock-" + name, () -> {});
    Shots.onUi(() -> {
      stage.hide();
      store[0].close();
      model[0].letGo();
    });
  }

  private static WindowViewModel model(DocumentStore store) {
    EditorViewModel editor =
        new EditorViewModel(
            store, Desk.SAME_THREAD, Desk.SAME_THREAD, new SteppedTime(), Platform::runLater);
    return new WindowViewModel(store, Desk.SAME_THREAD, ENDLESS, Platform::runLater, editor);
  }

  private void show(WindowViewModel model, String look, Path file) {
    BackupDialog dialog =
        new BackupDialog(model, () -> Optional.of(file), Messages.of(BackupDialog.class));
    StackPane root = new StackPane(dialog);
    root.getStyleClass().add("window");
    root.setStyle("-fx-font-family: '" + Fonts.controls() + "'; -fx-font-size: 14px;");
    Scene scene = new Scene(root, 760, 560);
    if (Locale.getDefault().getLanguage().equals("ar")) {
      scene.setNodeOrientation(NodeOrientation.RIGHT_TO_LEFT);
    }
    Theme theme = new Theme(scene, List.of(List.of(dialog)));
    theme.choiceProperty().set(Theme.Choice.parse(look));
    stage.setScene(scene);
    stage.show();
    dialog.open();
  }

  private void type(String query, String text) {
    ((TextInputControl) node(query)).setText(text);
  }

  private void fire(String query) {
    ((ButtonBase) node(query)).fire();
  }

  private Node node(String query) {
    return Objects.requireNonNull(stage.getScene().getRoot().lookup(query), query);
  }

  private void shoot(String name, Runnable first) throws Exception {
    Shots.onUi(first);
    Thread.sleep(Duration.ofMillis(700));
    Shots.onUi(() -> Shots.write(name, stage.getScene().snapshot(null)));
  }
}
