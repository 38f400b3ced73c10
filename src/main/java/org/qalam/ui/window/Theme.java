package org.qalam.ui.window;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.collections.ListChangeListener;
import javafx.collections.WeakListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Node;
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
  private final List<List<Node>> parts;
  private final Runnable others = this::applySome;
  private final ChangeListener<ColorScheme> system = (_, _, _) -> apply();
  private final ListChangeListener<Window> windows = _ -> applyToPopups(isDark());

  /** How many lists of parts have the chosen look. */
  private int applied;

  /**
   * Puts the style sheets into the scene. Dark differs by its colours alone and they hang on a
   * pseudo-class: another style sheet, or another class of the root, would have every node look for
   * its styles anew, which takes four frames. It is a pseudo-class of each part and not of the root
   * so that not all parts need to be styled in the same frame.
   *
   * @param parts all that have colours, none inside another; each list follows a frame after the
   *     one before it
   */
  Theme(Scene scene, List<List<Node>> parts) {
    this.scene = scene;
    this.parts = parts;
    this.applied = parts.size();
    parts.forEach(some -> some.forEach(part -> part.getStyleClass().add("themed")));
    Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
    scene
        .getStylesheets()
        .addAll(
            darkTokens(),
            Objects.requireNonNull(Theme.class.getResource("qalam.css")).toExternalForm());
    choice.addListener((_, _, _) -> apply());
    // A window that has gone, and what was written in it, must not be held by what outlives it.
    Platform.getPreferences().colorSchemeProperty().addListener(new WeakChangeListener<>(system));
    Window.getWindows().addListener(new WeakListChangeListener<>(windows));
    scene.getProperties().put(Theme.class, this);
    parts.forEach(some -> apply(some, isDark()));
  }

  /** A style sheet with the colours of AtlantaFX's dark theme, for dark roots and parts. */
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
    String rule = ".root:dark, .themed:dark {" + tokens + "}";
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

  /**
   * Styles each part once in the other colours and back, so that they are known when they are
   * chosen. Nothing is drawn between the two.
   */
  List<Runnable> laterSteps() {
    return parts.stream()
        .flatMap(List::stream)
        .<Runnable>map(part -> () -> rehearse(part))
        .toList();
  }

  private void rehearse(Node part) {
    for (boolean dark : List.of(!isDark(), isDark())) {
      apply(List.of(part), dark);
      part.applyCss();
    }
  }

  private void apply() {
    applyToPopups(isDark());
    if (applied == parts.size()) {
      scene.addPostLayoutPulseListener(others);
    }
    applied = 0;
    applySome();
  }

  /** The next parts; those before them are styled and laid out. */
  private void applySome() {
    apply(parts.get(applied), isDark());
    applied++;
    if (applied == parts.size()) {
      scene.removePostLayoutPulseListener(others);
    }
  }

  private static void apply(List<Node> parts, boolean dark) {
    parts.forEach(part -> part.pseudoClassStateChanged(DARK, dark));
  }

  /** Menus and tooltips have roots of their own. */
  private static void applyToPopups(boolean dark) {
    for (Window window : Window.getWindows()) {
      if (window instanceof PopupWindow popup) {
        popup.getScene().getRoot().pseudoClassStateChanged(DARK, dark);
      }
    }
  }
}
