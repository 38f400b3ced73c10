package org.qalam.ui.palette;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.qalam.task.UiThread;

/** Ids of commands that were used, the last one first. Confined to the JavaFX thread. */
@UiThread
public final class Recents {
  private static final int MOST = 12;

  private final List<String> ids = new ArrayList<>();
  private final Consumer<String> keep;

  /**
   * @param keep is given what {@link #read} takes, at each change
   */
  public Recents(Consumer<String> keep) {
    this.keep = keep;
  }

  /** Takes up what was kept. */
  public void read(String kept) {
    ids.clear();
    kept.lines().filter(id -> !id.isBlank()).limit(MOST).forEach(ids::add);
  }

  /** This was used. */
  public void add(String id) {
    if (!ids.isEmpty() && ids.getFirst().equals(id)) {
      return;
    }
    ids.remove(id);
    ids.addFirst(id);
    if (ids.size() > MOST) {
      ids.removeLast();
    }
    keep.accept(String.join("\n", ids));
  }

  public List<String> ids() {
    return List.copyOf(ids);
  }
}
