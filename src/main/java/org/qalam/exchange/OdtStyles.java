package org.qalam.exchange;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    @Nullable Double margin; // centimetres
    boolean isOfOneParagraph;
  }

  private static final Pattern LENGTH = Pattern.compile("(-?[0-9.]{1,9})(cm|mm|in|pt|pc|px)");

  /** Styles based on each other; a ring of them ends here. */
  private static final int LONGEST_CHAIN = 20;

  /** Lengths are rounded when they are written, in centimetres. */
  private static final double LENIENCE = 0.05;

  private final Map<String, Style> styles = new HashMap<>();

  /** Whether a level of a list has numbers, and with which it starts: by its style and level. */
  private final Map<String, Integer> numbered = new HashMap<>();

  /** Where the words of a list's level stand, in centimetres: by its style and level. */
  private final Map<String, Double> indents = new HashMap<>();

  private Style style = new Style();
  private boolean isOfOneParagraph;
  private String list = "";
  private int level = 1;

  /** Takes in what the reader is at the start of. */
  void take(XMLStreamReader at) {
    switch (at.getLocalName()) {
      case "styles", "automatic-styles" ->
          isOfOneParagraph = at.getLocalName().equals("automatic-styles");
      case "style" -> {
        style = new Style();
        style.isOfOneParagraph = isOfOneParagraph;
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
        style.margin = centimetres(Docx.value(at, "margin-left"));
      }
      case "list-style" -> list = Docx.value(at, "name");
      case "list-level-style-bullet" -> level = Docx.number(at, "level", 1);
      case "list-level-label-alignment" -> {
        Double indent = centimetres(Docx.value(at, "margin-left"));
        if (indent != null) {
          indents.put(list + "/" + level, indent);
        }
      }
      case "list-level-style-number" -> {
        level = Docx.number(at, "level", 1);
        if (!Docx.value(at, "num-format").isEmpty()) {
          numbered.put(list + "/" + Docx.number(at, "level", 1), Docx.number(at, "start-value", 1));
        }
      }
      default -> {}
    }
  }

  private static @Nullable Double centimetres(String length) {
    Matcher found = LENGTH.matcher(length);
    if (!found.matches() || !found.group(1).matches("-?\\d*\\.?\\d+")) {
      return null;
    }
    double one =
        switch (found.group(2)) {
          case "cm" -> 1;
          case "mm" -> 0.1;
          case "in" -> 2.54;
          case "pc" -> 2.54 / 6;
          case "px" -> 2.54 / 96;
          default -> 2.54 / 72;
        };
    return Double.parseDouble(found.group(1)) * one;
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
    // the second is Word's, whose lists can be quoted and whose items cannot
    return isNamed("paragraph", name, "quoted list|(intense )?quote( [2-9])?");
  }

  int quoteDepth(String name) {
    for (int depth = 2; depth <= 9; depth++) {
      if (isNamed("paragraph", name, "(quotations|quote) " + depth)) {
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

  /**
   * How deep in a list a paragraph stands that is no item and comes after one, by how far it is set
   * in; what its style for people says does not count.
   *
   * @return 0 for none
   */
  int levelInList(String paragraph, String listStyle) {
    Style found = styles.get("paragraph/" + paragraph);
    if (found == null || !found.isOfOneParagraph || found.margin == null) {
      return 0;
    }
    Double before = inherited("paragraph", found.parent, one -> one.margin);
    if (found.margin.equals(before)) {
      return 0;
    }
    int levels = 0;
    while (indents.getOrDefault(listStyle + "/" + (levels + 1), Double.MAX_VALUE)
        < found.margin + LENIENCE) {
      levels++;
    }
    return levels;
  }

  /** The first number of a list's level; null where it has bullets. */
  @Nullable Integer start(String listStyle, int level) {
    return numbered.get(listStyle + "/" + level);
  }
}
