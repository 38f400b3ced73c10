package org.qalam.ui.window;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
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

  /** A colour of a theme of AtlantaFX; all stand in its first block. */
  private static final Pattern TOKEN = Pattern.compile("-color-[a-z0-9-]+\\s*:[^;}]+;");

  private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
  private final Scene scene;

  /**
   * Puts the style sheets into the scene. Dark differs by its colours alone and they hang on a
   * pseudo-class of the root: another style sheet, or another class of the root, would have every
   * node look for its styles anew, which takes four frames.
   */
  Theme(Scene scene) {
    this.scene = scene;
    Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
    scene
        .getStylesheets()
        .addAll(
            darkTokens(),
            Objects.requireNonNull(Theme.class.getResource("qalam.css")).toExternalForm());
    choice.addListener((_, _, _) -> apply());
    Platform.getPreferences().colorSchemeProperty().addListener((_, _, _) -> apply());
    // Menus and tooltips have roots of their own.
    Window.getWindows().addListener((ListChangeListener<Window>) _ -> apply());
    apply();
  }

  /** A style sheet with the colours of AtlantaFX's dark theme, for a dark root. */
  private static String darkTokens() {
    String sheet;
    try (InputStream in = PrimerDark.class.getResourceAsStream("primer-dark.css")) {
      sheet = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String first = sheet.substring(0, sheet.indexOf('}'));
    String tokens =
        TOKEN.matcher(first).results().map(MatchResult::group).collect(Collectors.joining());
    String rule = ".root:dark {" + tokens + "}";
    return "data:text/css;charset=UTF-8;base64,"
        + Base64.getEncoder().encodeToString(rule.getBytes(StandardCharsets.UTF_8));
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
    scene.getRoot().pseudoClassStateChanged(DARK, dark);
    for (Window window : Window.getWindows()) {
      if (window instanceof PopupWindow popup) {
        popup.getScene().getRoot().pseudoClassStateChanged(DARK, dark);
      }
    }
  }
}
