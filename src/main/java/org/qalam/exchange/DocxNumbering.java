package org.qalam.exchange;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The lists of a Word document. */
final class DocxNumbering {
  /**
   * A level of a list.
   *
   * @param format such as {@code bullet} or {@code decimal}
   * @param indent of its text, in twentieths of a point
   */
  record Level(String format, int start, int indent) {
    boolean isNumbered() {
      return !format.equals("bullet") && !format.equals("none");
    }
  }

  private static final int LEVELS = 9;

  private final Map<String, Map<Integer, Level>> abstracts = new HashMap<>();
  private final Map<String, String> abstractOf = new HashMap<>();
  private final Map<String, Map<Integer, Integer>> starts = new HashMap<>();

  /** Levels that a list has of its own, beside those of the abstract one. */
  private final Map<String, Map<Integer, Level>> own = new HashMap<>();

  static final DocxNumbering NONE = new DocxNumbering();

  private DocxNumbering() {}

  static DocxNumbering read(InputStream in) throws XMLStreamException {
    DocxNumbering result = new DocxNumbering();
    XMLStreamReader at = SafeXml.reader(in);
    String inNumber = "";
    Map<Integer, Level> levels = new HashMap<>();
    int level = 0;
    while (at.hasNext()) {
      if (at.next() != XMLStreamReader.START_ELEMENT) {
        continue;
      }
      switch (at.getLocalName()) {
        case "abstractNum" -> {
          levels = new HashMap<>();
          result.abstracts.put(Docx.value(at, "abstractNumId"), levels);
        }
        case "num" -> {
          inNumber = Docx.value(at, "numId");
          levels = new HashMap<>();
          result.own.put(inNumber, levels);
        }
        case "abstractNumId" -> result.abstractOf.put(inNumber, Docx.value(at, "val"));
        case "lvlOverride" -> level = Docx.number(at, "ilvl", 0);
        case "lvl" -> {
          level = Docx.number(at, "ilvl", 0);
          put(levels, level, new Level("decimal", 1, Docx.STEP * (level + 1)));
        }
        case "start" -> {
          Level was = level(levels, level);
          put(levels, level, new Level(was.format(), Docx.number(at, "val", 1), was.indent()));
        }
        case "startOverride" ->
            result
                .starts
                .computeIfAbsent(inNumber, _ -> new HashMap<>())
                .put(level, Docx.number(at, "val", 1));
        case "numFmt" -> {
          Level was = level(levels, level);
          put(levels, level, new Level(Docx.value(at, "val"), was.start(), was.indent()));
        }
        case "ind" -> {
          Level was = level(levels, level);
          int indent = Docx.number(at, "left", Docx.number(at, "start", was.indent()));
          put(levels, level, new Level(was.format(), was.start(), indent));
        }
        default -> {}
      }
    }
    return result;
  }

  private static void put(Map<Integer, Level> levels, int number, Level level) {
    if (number >= 0 && number < LEVELS) {
      levels.put(number, level);
    }
  }

  private static Level level(Map<Integer, Level> levels, int number) {
    return levels.getOrDefault(number, new Level("bullet", 1, Docx.STEP * (number + 1)));
  }

  /** Whether one list's numbers go on in another, as LibreOffice cuts lists into pieces. */
  boolean isContinued(String list, String next, int number) {
    return list.equals(next)
        || (abstractOf.getOrDefault(list, "-").equals(abstractOf.getOrDefault(next, ""))
            && of(list, number).isNumbered() == of(next, number).isNumbered()
            && !starts.getOrDefault(next, Map.of()).containsKey(number));
  }

  /** A level of a list, whose first number it tells too. */
  Level of(String list, int number) {
    Map<Integer, Level> levels = own.getOrDefault(list, Map.of());
    if (!levels.containsKey(number)) {
      levels = abstracts.getOrDefault(abstractOf.getOrDefault(list, ""), Map.of());
    }
    Level level = level(levels, number);
    int start = starts.getOrDefault(list, Map.of()).getOrDefault(number, level.start());
    return new Level(level.format(), start, level.indent());
  }
}
