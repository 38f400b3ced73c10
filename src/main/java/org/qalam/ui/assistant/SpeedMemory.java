package org.qalam.ui.assistant;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.assist.Assistant;
import org.qalam.assist.Speed;
import org.qalam.store.DocumentStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * How fast each model was on this machine, also after the next start. A model that was never used
 * here is measured once, when nobody has asked for anything in the first seconds. Confined to the
 * JavaFX thread.
 */
@UiThread
final class SpeedMemory {
  /** Setting: tokens read and written a second; the model's id follows. */
  static final String SETTING = "assistant.speed.";

  private static final Pattern SPEED = Pattern.compile("([0-9]+\\.[0-9]+) ([0-9]+\\.[0-9]+)");

  private final Assistant assistant;
  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final Executor later;
  private Optional<String> recalled = Optional.empty();
  private boolean isTried;
  private String kept = "";

  /**
   * @param ui runs work on the JavaFX thread
   * @param later runs work there some seconds later
   */
  SpeedMemory(
      Assistant assistant,
      DocumentStore store,
      TaskRunner storeRunner,
      Executor ui,
      Executor later) {
    this.assistant = assistant;
    this.store = store;
    this.storeRunner = storeRunner;
    this.ui = ui;
    this.later = later;
  }

  /** Another model was chosen: takes up how fast it was. */
  void recall(String model, Runnable known) {
    recalled = Optional.empty();
    isTried = false;
    kept = "";
    Delivery.deliver(
        storeRunner.submit(() -> store.setting(SETTING + model)),
        ui,
        found -> {
          if (assistant.model().equals(Optional.of(model))) {
            recalled = Optional.of(model);
            found.flatMap(SpeedMemory::parse).ifPresent(assistant::expect);
            known.run();
          }
        },
        SpeedMemory::log);
  }

  /**
   * Some seconds later measures the model, once, if it is still unknown how fast it is.
   *
   * @param isFree whether nothing is asked of it then
   */
  void measure(BooleanSupplier isFree, Runnable known) {
    if (recalled.isEmpty() || isTried) {
      return;
    }
    isTried = true;
    Optional<String> model = recalled;
    later.execute(() -> {
      if (recalled.equals(model) && isFree.getAsBoolean() && assistant.speed().isEmpty()) {
        Delivery.deliver(
            assistant.measureSpeed(),
            ui,
            _ -> {
              keep();
              known.run();
            },
            SpeedMemory::log);
      }
    });
  }

  /** Keeps what is known now. */
  void keep() {
    String now =
        assistant
            .speed()
            .map(speed ->
                String.format(
                    Locale.ROOT, "%.1f %.1f", speed.readPerSecond(), speed.writtenPerSecond()))
            .orElse("");
    if (recalled.isEmpty() || now.isEmpty() || now.equals(kept)) {
      return;
    }
    kept = now;
    String name = SETTING + recalled.get();
    Delivery.deliver(
        storeRunner.submit(() -> {
          store.putSetting(name, now);
          return true;
        }),
        ui,
        _ -> {},
        SpeedMemory::log);
  }

  private static Optional<Speed> parse(String text) {
    Matcher speed = SPEED.matcher(text);
    if (!speed.matches()) {
      return Optional.empty();
    }
    double read = Double.parseDouble(speed.group(1));
    double written = Double.parseDouble(speed.group(2));
    return read > 0 && written > 0 ? Optional.of(new Speed(read, written)) : Optional.empty();
  }

  private static void log(Throwable failure) {
    System.getLogger(SpeedMemory.class.getName())
        .log(System.Logger.Level.WARNING, "speeds of models are not remembered", failure);
  }
}
