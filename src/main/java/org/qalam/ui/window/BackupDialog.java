package org.qalam.ui.window;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.qalam.task.UiThread;
import org.qalam.ui.privacy.BackupView;
import org.qalam.ui.privacy.BackupViewModel;
import org.qalam.ui.text.Messages;

/**
 * Asks with which passphrase all documents are backed up, and then where to. A backup goes on where
 * the dialog is closed meanwhile, and what came of it is told. Confined to the JavaFX thread.
 */
@UiThread
final class BackupDialog extends Overlay<BackupView> {
  private static final double WIDTH = 520;

  /**
   * @param file asks where the backup goes
   */
  BackupDialog(WindowViewModel model, Supplier<Optional<Path>> file, Messages messages) {
    super(
        "backup",
        messages.get("backup.title"),
        messages,
        close -> new BackupView(model.backup(), model.privacy().secretProperty(), file, close));
    BackupViewModel backup = model.backup();
    dialog().setMaxSize(WIDTH, USE_PREF_SIZE);
    visibleProperty()
        .addListener((_, _, isShown) -> {
          if (!isShown) {
            content().forget();
          }
        });
    backup.onWritten(written -> {
      close();
      String done = messages.get("backup.done", written.documents(), written.file());
      model.tell(written.isLocked() ? messages.get("backup.locked", done) : done);
    });
    backup
        .problemProperty()
        .addListener((_, _, words) -> {
          if (!isVisible() && !words.isEmpty()) {
            model.tell(words);
          }
        });
  }

  @Override
  void open() {
    super.open();
    content().open();
  }
}
