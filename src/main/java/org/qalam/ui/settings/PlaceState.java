package org.qalam.ui.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.qalam.task.UiThread;

/** Where the writer's models are kept, and what is being done about it. */
@UiThread
sealed interface PlaceState {
  /**
   * Nothing is under way.
   *
   * @param folder that models are kept in
   * @param isUsual whether it is the data folder's
   * @param missing a sentence, where it is not there now
   */
  record Still(Path folder, boolean isUsual, Optional<String> missing) implements PlaceState {}

  /**
   * Models are copied.
   *
   * @param isMove whether all of them to a new place, or one to be carried
   * @param fraction 0 to 1; -1 while it is unknown
   * @param cancelling whether it was asked to stop
   */
  record Running(boolean isMove, double fraction, boolean cancelling) implements PlaceState {}
}
