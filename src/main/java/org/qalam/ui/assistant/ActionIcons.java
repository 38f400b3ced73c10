package org.qalam.ui.assistant;

import org.kordamp.ikonli.javafx.FontIcon;

/** The icons of actions. What a writer names in a file need not exist. */
public final class ActionIcons {
  private static final String UNKNOWN = "mdi2s-star-outline";

  private ActionIcons() {}

  /** Shows an icon, or a star where there is none of that name. On the JavaFX thread. */
  public static void show(FontIcon icon, String literal) {
    try {
      icon.setIconLiteral(literal);
    } catch (RuntimeException e) { // Ikonli names no narrower type
      icon.setIconLiteral(UNKNOWN);
    }
  }
}
