package org.qalam.ui.window;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.text.Font;

/** Installed font families that read well; JavaFX's style sheets name one family at a time. */
final class Fonts {
  private static final List<String> TEXT =
      List.of("Noto Serif", "Charter", "Georgia", "Cambria", "Source Serif 4", "DejaVu Serif");
  private static final List<String> CONTROLS =
      List.of(
          "Segoe UI Variable Text", "Segoe UI", "Noto Sans", "Inter", "Cantarell", "DejaVu Sans");

  private Fonts() {}

  /** For long texts. */
  static String text() {
    return first(TEXT);
  }

  /** For labels and buttons. */
  static String controls() {
    return first(CONTROLS);
  }

  private static String first(List<String> families) {
    Set<String> installed = new HashSet<>(Font.getFamilies());
    return families.stream().filter(installed::contains).findFirst().orElse("System");
  }
}
