package org.qalam.ui.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.privacy.UnlockViewModel;

/**
 * Draws the settings of the passphrase and the window that asks for it, light and dark. Run its
 * {@code main} on the headless platform.
 */
final class PrivacyGallery {
  private final Path home;
  private final Stage[] stage = new Stage[1];

  private PrivacyGallery(Path home) {
    this.home = home;
  }

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(Shots.FOLDER);
    Platform.setImplicitExit(false);
    Platform.startup(() -> {});
    try {
      for (String look : new String[] {"light", "dark"}) {
        new PrivacyGallery(Files.createTempDirectory("gallery")).draw(look);
      }
    } finally {
      Platform.exit();
    }
  }

  private void draw(String look) throws Exception {
    DocumentStore[] store = new DocumentStore[1];
    Files.createDirectories(home.resolve("store"));
    Shots.onUi(() -> {
      store[0] = H2DocumentStore.open(home.resolve("store"));
      store[0].putSetting(WindowViewModel.THEME, look);
      store[0].putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 1000.0 740.0 false");
      store[0].create("", "Dear diary\n\nNobody reads this.");
      stage[0] = new Stage();
      var _ =
          WholeWindow.show(stage[0], store[0], home.resolve("models"), new SteppedTime(), () -> {});
    });
    Thread.sleep(Duration.ofSeconds(1));
    shoot("privacy-open-" + look, () -> fire("#tool-settings", "#settings-privacy"));
    shoot("privacy-protect-" + look, () -> fire("#privacy-protect"));
    shoot(
        "privacy-differ-" + look,
        () -> {
          type("#new-passphrase", "two words");
          type("#again-passphrase", "two wards");
          fire("#privacy-protect-now");
        });
    shoot(
        "privacy-recovery-" + look,
        () -> {
          type("#again-passphrase", "two words");
          fire("#privacy-protect-now");
        });
    shoot(
        "privacy-secret-" + look,
        () -> {
          fire("#recovery-written");
          fire("#privacy-recovery-done");
        });
    shoot("privacy-change-" + look, () -> fire("#privacy-change"));
    shoot("privacy-remove-" + look, () -> fire("#privacy-cancel", "#privacy-remove"));
    Shots.onUi(() -> {
      stage[0].hide();
      store[0].close();
      stage[0] = new Stage();
      KeyRing ring =
          KeyRing.lock(DataKey.random(), Passphrase.of("two words"), RecoveryKey.random());
      UnlockWindow.show(
          stage[0],
          new UnlockViewModel(ring, Desk.SAME_THREAD, Platform::runLater, (_, _) -> {}),
          UnlockWindow.What.NOTES,
          () -> {},
          look.equals("dark") ? Theme.Choice.DARK : Theme.Choice.LIGHT);
    });
    shoot("unlock-" + look, () -> {});
    shoot(
        "unlock-wrong-" + look,
        () -> {
          type("#passphrase", "wrong");
          fire("#unlock");
        });
    shoot("unlock-recovery-" + look, () -> fire("#other-way"));
    Shots.onUi(() -> stage[0].hide());
  }

  private void type(String query, String text) {
    ((TextInputControl) node(query)).setText(text);
  }

  private void fire(String... queries) {
    for (String query : queries) {
      if (query.equals("#tool-settings")) {
        ((MenuButton) node(".main-menu")).getItems().getLast().fire();
      } else {
        ((ButtonBase) node(query)).fire();
      }
    }
  }

  private Node node(String query) {
    return Objects.requireNonNull(stage[0].getScene().getRoot().lookup(query), query);
  }

  private void shoot(String name, Runnable first) throws Exception {
    Shots.onUi(first);
    Thread.sleep(Duration.ofMillis(700));
    Shots.onUi(() -> Shots.write(name, stage[0].getScene().snapshot(null)));
  }
}
