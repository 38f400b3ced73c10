package org.qalam.ui.palette;

import java.util.List;
import org.qalam.ui.palette.PaletteViewModel.Row;

/** What a palette shows and does. Confined to the JavaFX thread. */
interface PaletteModel {
  /** Asks for what there is anew. */
  void refresh();

  /** The rows for what is typed, as far as they are known. */
  List<Row> rows(String typed);

  /** Does what the command says. */
  void run(Command command);

  /** Says who hears when there are other rows for what was typed last. */
  default void onMore(Runnable more) {}
}
