package org.qalam.ui.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.keys.KeyField;

/**
 * Draws the settings' pages of actions and keys in the window, light and dark, to {@code
 * target/gallery}. For people to look at: run its {@code main} on the headless platform.
 */
final class SettingsGallery {
  private final Path home;
  private final Stage[] stage = new Stage[1];

  private SettingsGallery(Path home) {
    this.home = home;
  }

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(Shots.FOLDER);
    Platform.setImplicitExit(false);
    Platform.startup(() -> {});
    try {
      for (String look : new String[] {"light", "dark"}) {
        new SettingsGallery(Files.createTempDirectory("gallery")).draw(look);
      }
    } finally {
      Platform.exit();
    }
  }

  private void draw(String look) throws Exception {
    Files.createDirectories(home.resolve("store"));
    DocumentStore[] store = new DocumentStore[1];
    Shots.onUi(() -> {
      store[0] = H2DocumentStore.open(home.resolve("store"));
      store[0].putSetting(WindowViewModel.THEME, look);
      store[0].putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 1100.0 780.0 false");
      store[0].putSetting(WindowViewModel.KEYS, "find=Shortcut+N\nbold=F7");
      stage[0] = new Stage();
      var _ =
          WholeWindow.show(stage[0], store[0], home.resolve("models"), new SteppedTime(), () -> {});
    });
    Shots.onUi(() -> {
      MenuButton menu = (MenuButton) node(".main-menu");
      menu.getItems().getLast().fire();
    });
    shoot(
        "keys-" + look,
        "#settings-keys",
        () -> {
          ListView<?> list = (ListView<?>) node("#keys-list");
          list.getSelectionModel().select(9);
        });
    shoot(
        "keys-listening-" + look,
        "#settings-keys",
        () -> ((KeyField) node("#keys-field")).listen());
    shoot("models-page-" + look, "#settings-models", () -> {});
    shoot(
        "models-place-" + look,
        "#settings-models",
        () ->
            ((ScrollPane) stage[0].getScene().lookup(".models-view > .scroll-pane"))
                .setVvalue(0.5));
    shoot("actions-empty-" + look, "#settings-actions", () -> {});
    Path actions = Files.createDirectories(home.resolve("home").resolve("actions"));
    Files.writeString(
        actions.resolve("a.md"),
        """
        ---
        name: Make it a letter to the landlord, friendly and firm
        icon: mdi2e-email-outline
        shortcut: Shortcut+N
        temperature: 3
        ---
        Write a letter in {{language}}:

        {{selection}}
        """);
    Files.writeString(
        actions.resolve("b.md"),
        "---\nname: اجعله رسالة رسمية إلى مكتب الصيانة\nicon: mdi2f-feather\n---\nأعد كتابة هذا النص رسالة رسمية:\n\n{{selection}}\n");
    Files.writeString(actions.resolve("c.md"), "---\nkind: dance\nname: Dance\n---\nDance.\n");
    Files.writeString(
        actions.resolve("d.md"), "---\nname: Rhyme\nshortcut: Shortcut+Alt+R\n---\nRhyme.\n");
    for (int row = 0; row < 4; row++) {
      int at = row;
      shoot(
          "actions-" + row + "-" + look,
          "#settings-actions",
          () -> {
            ListView<?> list = (ListView<?>) node("#own-actions");
            list.getSelectionModel().select(at);
          });
    }
    shoot(
        "actions-new-" + look,
        "#settings-actions",
        () -> {
          press("#actions-begin");
          press("#start-concise");
        });
    Shots.onUi(() -> stage[0].setWidth(640));
    shoot("actions-narrow-" + look, "#settings-actions", () -> {});
    Shots.onUi(() -> {
      stage[0].hide();
      store[0].close();
    });
  }

  private Node node(String query) {
    return Objects.requireNonNull(stage[0].getScene().getRoot().lookup(query), query);
  }

  private void press(String button) {
    ((ButtonBase) node(button)).fire();
  }

  private void shoot(String name, String page, Runnable then) throws Exception {
    Shots.onUi(() -> press(page));
    Thread.sleep(400);
    Shots.onUi(then);
    Thread.sleep(400);
    Shots.onUi(() -> Shots.write(name, stage[0].getScene().snapshot(null)));
  }
}
