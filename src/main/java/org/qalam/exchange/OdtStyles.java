package org.qalam.exchange;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The styles of an OpenDocument text, as far as they tell what a paragraph or word is. */
final class OdtStyles {
  private static final class Style {
    String name = "";
    String parent = "";
    @Nullable Boolean bold;
    @Nullable Boolean italic;
    @Nullable Boolean strike;
    @Nullable Boolean rightToLeft;
  }

  /** Styles based on each other; a ring of them ends here. */
  private static final int LONGEST_CHAIN = 20;

  private final Map<String, Style> styles = new HashMap<>();

  /** Whether a level of a list has numbers, and with which it starts: by its style and level. */
  private final Map<String, Integer> numbered = new HashMap<>();

  private Style style = new Style();
  private String list = "";

  /** Takes in what the reader is at the start of. */
  void take(XMLStreamReader at) {
    switch (at.getLocalName()) {
      case "style" -> {
        style = new Style();
        String name = Docx.value(at, "name");
        style.name = name.replace("_20_", " ").replace('_', ' ').toLowerCase(Locale.ROOT);
        style.parent = Docx.value(at, "parent-style-name");
        styles.put(Docx.value(at, "family") + "/" + name, style);
      }
      case "default-style" -> style = new Style();
      case "text-properties" -> {
        String weight = Docx.value(at, "font-weight");
        if (!weight.isEmpty()) {
          style.bold = weight.equals("bold") || weight.matches("[6-9]00");
        }
        String slant = Docx.value(at, "font-style");
        if (!slant.isEmpty()) {
          style.italic = !slant.equals("normal");
        }
        String line = Docx.value(at, "text-line-through-style");
        String kind = Docx.value(at, "text-line-through-type");
        if (!line.isEmpty() || !kind.isEmpty()) {
          style.strike = !line.equals("none") && !kind.equals("none");
        }
      }
      case "paragraph-properties" -> {
        String way = Docx.value(at, "writing-mode");
        if (way.startsWith("rl") || way.startsWith("lr")) {
          style.rightToLeft = way.startsWith("rl");
        }
      }
      case "list-style" -> list = Docx.value(at, "name");
      case "list-level-style-number" -> {
        if (!Docx.value(at, "num-format").isEmpty()) {
          numbered.put(list + "/" + Docx.number(at, "level", 1), Docx.number(at, "start-value", 1));
        }
      }
      default -> {}
    }
  }

  private <T> @Nullable T inherited(
      String family, String name, Function<Style, @Nullable T> question) {
    String at = name;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      Style found = styles.get(family + "/" + at);
      if (found == null) {
        return null;
      }
      T answer = question.apply(found);
      if (answer != null) {
        return answer;
      }
      at = found.parent;
    }
    return null;
  }

  private boolean isNamed(String family, String name, String pattern) {
    return Boolean.TRUE.equals(
            inherited(family, name, found -> found.name.matches(pattern) ? true : null))
        || name.replace("_20_", " ").replace('_', ' ').toLowerCase(Locale.ROOT).matches(pattern);
  }

  /** The marks of a style for words. */
  Set<Mark> marks(String name) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (Boolean.TRUE.equals(inherited("text", name, found -> found.bold))) {
      marks.add(Mark.BOLD);
    }
    if (Boolean.TRUE.equals(inherited("text", name, found -> found.italic))) {
      marks.add(Mark.ITALIC);
    }
    if (Boolean.TRUE.equals(inherited("text", name, found -> found.strike))) {
      marks.add(Mark.STRIKE);
    }
    if (isNamed("text", name, "source text|source code|verbatim char|code|user entry")) {
      marks.add(Mark.CODE);
    }
    return marks;
  }

  boolean isCode(String name) {
    return isNamed("paragraph", name, "preformatted text|(quoted )?source code|code");
  }

  boolean isRule(String name) {
    return isNamed("paragraph", name, "horizontal line");
  }

  boolean isTitle(String name) {
    return isNamed("paragraph", name, "title");
  }

  boolean isQuotedList(String name) {
    return isNamed("paragraph", name, "quoted list");
  }

  int quoteDepth(String name) {
    for (int depth = 2; depth <= 9; depth++) {
      if (isNamed("paragraph", name, "quotations " + depth)) {
        return depth;
      }
    }
    return isNamed(
            "paragraph", name, "quotations|(intense )?quote|block ?(text|quote)|quoted source code")
        ? 1
        : 0;
  }

  boolean isRightToLeft(String name) {
    return Boolean.TRUE.equals(inherited("paragraph", name, found -> found.rightToLeft));
  }

  /** The first number of a list's level; null where it has bullets. */
  @Nullable Integer start(String listStyle, int level) {
    return numbered.get(listStyle + "/" + level);
  }
}
