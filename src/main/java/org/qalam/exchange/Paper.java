package org.qalam.exchange;

import java.util.Locale;
import java.util.Set;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** What pages are set for. */
public enum Paper {
  /** 210 by 297 mm. */
  A4(210 / 25.4f * 72, 297 / 25.4f * 72),
  /** 8.5 by 11 inches. */
  LETTER(8.5f * 72, 11 * 72);

  /** Where Letter is what shops have (Unicode CLDR, measurementData, paperSize US). */
  private static final Set<String> OF_LETTER =
      Set.of("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE");

  private final float width;
  private final float height;

  Paper(float width, float height) {
    this.width = width;
    this.height = height;
  }

  /** What is usual in a country. */
  public static Paper of(Locale locale) {
    return OF_LETTER.contains(locale.getCountry()) ? LETTER : A4;
  }

  /** In points, 72 of which are an inch. */
  public float width() {
    return width;
  }

  /** In points. */
  public float height() {
    return height;
  }

  PDRectangle size() {
    return new PDRectangle(width, height);
  }
}
