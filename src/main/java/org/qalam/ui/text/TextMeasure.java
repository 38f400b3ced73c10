package org.qalam.ui.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.qalam.task.UiThread;

/** Widths of words in one font; each word is measured once. Confined to the JavaFX thread. */
@UiThread
final class TextMeasure implements ToDoubleFunction<String> {
  /** Beyond this many different words the memory starts anew. */
  private static final int MOST_WORDS = 20_000;

  /** Latin with accents and Arabic with marks: the tallest lines that usual text has. */
  private static final String TALL = "ÂÅgj";

  private static final String TALL_ARABIC = "ÂÅgjإِلَى";

  private final Text probe = new Text();
  private final Map<String, Double> widths = new HashMap<>();
  private final double[] heights = new double[2];

  TextMeasure(Font font) {
    probe.setFont(font);
  }

  Font font() {
    return probe.getFont();
  }

  @Override
  public double applyAsDouble(String word) {
    Double known = widths.get(word);
    if (known != null) {
      return known;
    }
    if (widths.size() >= MOST_WORDS) {
      widths.clear();
    }
    probe.setText(word);
    double width = probe.getLayoutBounds().getWidth();
    widths.put(word, width);
    return width;
  }

  /** Height of a line, in pixels; Arabic needs more. */
  double lineHeight(boolean arabic) {
    int which = arabic ? 1 : 0;
    if (heights[which] == 0) {
      probe.setText(arabic ? TALL_ARABIC : TALL);
      heights[which] = Math.ceil(probe.getLayoutBounds().getHeight());
    }
    return heights[which];
  }
}
