package org.qalam.ui.window;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Locale;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import org.qalam.task.UiThread;

/** Light or dark, as the system has it or as the writer chose. */
@UiThread
public final class Theme {
  /** What the writer chose. */
  public enum Choice {
    SYSTEM,
    LIGHT,
    DARK;

    /** Reads a setting; anything unknown follows the system. */
    static Choice parse(String text) {
      for (Choice choice : values()) {
        if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
          return choice;
        }
      }
      return SYSTEM;
    }

    String setting() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

  private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
  private final Scene scene;

  Theme(Scene scene) {
    this.scene = scene;
    scene
        .getStylesheets()
        .add(Objects.requireNonNull(Theme.class.getResource("qalam.css")).toExternalForm());
    choice.addListener((_, _, _) -> apply());
    Platform.getPreferences().colorSchemeProperty().addListener((_, _, _) -> apply());
    apply();
  }

  ObjectProperty<Choice> choiceProperty() {
    return choice;
  }

  boolean isDark() {
    return switch (choice.get()) {
      case LIGHT -> false;
      case DARK -> true;
      case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
    };
  }

  private void apply() {
    boolean dark = isDark();
    Application.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    scene.getRoot().getStyleClass().removeAll("dark");
    if (dark) {
      scene.getRoot().getStyleClass().add("dark");
    }
    scene.getRoot().pseudoClassStateChanged(DARK, dark);
  }
}
