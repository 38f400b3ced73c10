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

  static final DocxNumbering NONE = new DocxNumbering();

  private DocxNumbering() {}

  static DocxNumbering read(InputStream in) throws XMLStreamException {
    DocxNumbering result = new DocxNumbering();
    XMLStreamReader at = SafeXml.reader(in);
    String inAbstract = "";
    String inNumber = "";
    int level = 0;
    while (at.hasNext()) {
      if (at.next() != XMLStreamReader.START_ELEMENT) {
        continue;
      }
      switch (at.getLocalName()) {
        case "abstractNum" -> {
          inAbstract = Docx.value(at, "abstractNumId");
          inNumber = "";
          result.abstracts.put(inAbstract, new HashMap<>());
        }
        case "num" -> {
          inNumber = Docx.value(at, "numId");
          inAbstract = "";
        }
        case "abstractNumId" -> result.abstractOf.put(inNumber, Docx.value(at, "val"));
        case "lvl", "lvlOverride" -> {
          level = Docx.number(at, "ilvl", 0);
          result.put(inAbstract, level, new Level("decimal", 1, Docx.STEP * (level + 1)));
        }
        case "start" -> {
          Level was = result.level(inAbstract, level);
          result.put(
              inAbstract, level, new Level(was.format(), Docx.number(at, "val", 1), was.indent()));
        }
        case "startOverride" ->
            result
                .starts
                .computeIfAbsent(inNumber, _ -> new HashMap<>())
                .put(level, Docx.number(at, "val", 1));
        case "numFmt" -> {
          Level was = result.level(inAbstract, level);
          result.put(
              inAbstract, level, new Level(Docx.value(at, "val"), was.start(), was.indent()));
        }
        case "ind" -> {
          Level was = result.level(inAbstract, level);
          int indent = Docx.number(at, "left", Docx.number(at, "start", was.indent()));
          result.put(inAbstract, level, new Level(was.format(), was.start(), indent));
        }
        default -> {}
      }
    }
    return result;
  }

  private void put(String id, int number, Level level) {
    Map<Integer, Level> levels = abstracts.get(id);
    if (levels != null && number >= 0 && number < LEVELS) {
      levels.put(number, level);
    }
  }

  private Level level(String id, int number) {
    return abstracts
        .getOrDefault(id, Map.of())
        .getOrDefault(number, new Level("bullet", 1, Docx.STEP * (number + 1)));
  }

  /** Whether one list's numbers go on in another, as LibreOffice cuts lists into pieces. */
  boolean isContinued(String list, String next, int number) {
    return list.equals(next)
        || (abstractOf.getOrDefault(list, "-").equals(abstractOf.getOrDefault(next, ""))
            && !starts.getOrDefault(next, Map.of()).containsKey(number));
  }

  /** A level of a list, whose first number it tells too. */
  Level of(String list, int number) {
    Level level = level(abstractOf.getOrDefault(list, ""), number);
    int start = starts.getOrDefault(list, Map.of()).getOrDefault(number, level.start());
    return new Level(level.format(), start, level.indent());
  }
}
