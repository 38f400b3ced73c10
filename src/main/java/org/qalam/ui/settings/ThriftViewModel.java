package org.qalam.ui.settings;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.qalam.assist.Assistant;
import org.qalam.store.DocumentStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * How the model spares the machine: when its memory is given back, and how it computes on battery.
 * Confined to the JavaFX thread.
 */
@UiThread
public final class ThriftViewModel {
  /** Setting: minutes without work after which the model is unloaded; 0 for never. */
  public static final String IDLE_SETTING = "assistant.idle-minutes";

  /** Setting: {@code true} computes with fewer threads on battery. */
  public static final String BATTERY_SETTING = "assistant.spares-battery";

  private final Assistant assistant;
  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final Consumer<Throwable> failed;
  private final ReadOnlyObjectWrapper<IdleLimit> idleLimit =
      new ReadOnlyObjectWrapper<>(IdleLimit.DEFAULT);
  private final ReadOnlyBooleanWrapper sparesBattery = new ReadOnlyBooleanWrapper(false);

  /**
   * @param storeRunner the store's thread
   * @param ui runs work on the JavaFX thread
   * @param failed hears, there, what went wrong with the store
   */
  ThriftViewModel(
      Assistant assistant,
      DocumentStore store,
      TaskRunner storeRunner,
      Executor ui,
      Consumer<Throwable> failed) {
    this.assistant = assistant;
    this.store = store;
    this.storeRunner = storeRunner;
    this.ui = ui;
    this.failed = failed;
  }

  /** Takes up what was chosen the last time. */
  void start() {
    Delivery.deliver(
        storeRunner.submit(() ->
            new Remembered(
                store.setting(IDLE_SETTING).map(IdleLimit::parse).orElse(IdleLimit.DEFAULT),
                store.setting(BATTERY_SETTING).equals(Optional.of("true")))),
        ui,
        this::take,
        failure -> {
          take(new Remembered(IdleLimit.DEFAULT, false));
          failed.accept(failure);
        });
  }

  private void take(Remembered remembered) {
    idleLimit.set(remembered.idleLimit());
    assistant.setIdleLimit(remembered.idleLimit().duration());
    sparesBattery.set(remembered.sparesBattery());
    assistant.setSparesBattery(remembered.sparesBattery());
  }

  /** Gives the model's memory back after this time without work, also after the next start. */
  public void setIdleLimit(IdleLimit limit) {
    if (limit != idleLimit.get()) {
      idleLimit.set(limit);
      assistant.setIdleLimit(limit.duration());
      remember(IDLE_SETTING, limit.setting());
    }
  }

  /** Computes with fewer threads on battery or not, from the next action on. */
  public void setSparesBattery(boolean on) {
    if (on != sparesBattery.get()) {
      sparesBattery.set(on);
      assistant.setSparesBattery(on);
      remember(BATTERY_SETTING, String.valueOf(on));
    }
  }

  private void remember(String key, String value) {
    Delivery.deliver(
        storeRunner.submit(() -> {
          store.putSetting(key, value);
          return true;
        }),
        ui,
        _ -> {},
        failed);
  }

  public ReadOnlyObjectProperty<IdleLimit> idleLimitProperty() {
    return idleLimit.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty sparesBatteryProperty() {
    return sparesBattery.getReadOnlyProperty();
  }

  private record Remembered(IdleLimit idleLimit, boolean sparesBattery) {}
}
