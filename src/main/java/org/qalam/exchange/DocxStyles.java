package org.qalam.exchange;

import java.io.InputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The styles of a Word document, as far as they tell what a paragraph or word is. */
final class DocxStyles {
  /** What a style says itself; null where it leaves that to the one it is based on. */
  private static final class Style {
    String name = "";
    String basedOn = "";
    @Nullable Integer outline;
    @Nullable String list;
    @Nullable Integer listLevel;
    @Nullable Boolean rightToLeft;
    @Nullable Boolean bold;
    @Nullable Boolean italic;
    @Nullable Boolean strike;
  }

  /** Styles based on each other; a ring of them ends here. */
  private static final int LONGEST_CHAIN = 20;

  private final Map<String, Style> styles = new HashMap<>();
  private String standard = "";

  static final DocxStyles NONE = new DocxStyles();

  private DocxStyles() {}

  static DocxStyles read(InputStream in) throws XMLStreamException {
    DocxStyles result = new DocxStyles();
    XMLStreamReader at = SafeXml.reader(in);
    Style style = new Style();
    while (at.hasNext()) {
      if (at.next() != XMLStreamReader.START_ELEMENT) {
        continue;
      }
      switch (at.getLocalName()) {
        case "style" -> {
          style = new Style();
          String id = Docx.value(at, "styleId");
          result.styles.put(id, style);
          boolean isDefault = Docx.isOn(Docx.value(at, "default"), false);
          if (isDefault && Docx.value(at, "type").equals("paragraph")) {
            result.standard = id;
          }
        }
        case "name" -> style.name = Docx.value(at, "val").toLowerCase(Locale.ROOT);
        case "basedOn" -> style.basedOn = Docx.value(at, "val");
        case "outlineLvl" -> style.outline = Docx.number(at, "val", 9);
        case "numId" -> style.list = Docx.value(at, "val");
        case "ilvl" -> style.listLevel = Docx.number(at, "val", 0);
        case "bidi" -> style.rightToLeft = Docx.isOn(at);
        case "b" -> style.bold = Docx.isOn(at);
        case "i" -> style.italic = Docx.isOn(at);
        case "strike", "dstrike" -> style.strike = Docx.isOn(at);
        case "tblStylePr" -> SafeXml.skip(at);
        default -> {}
      }
    }
    return result;
  }

  /** The first answer in the chain of styles that one is based on. */
  private <T> @Nullable T inherited(String id, Function<Style, @Nullable T> question) {
    String at = id.isEmpty() ? standard : id;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      Style style = styles.get(at);
      if (style == null) {
        return null;
      }
      T answer = question.apply(style);
      if (answer != null) {
        return answer;
      }
      at = style.basedOn;
    }
    return null;
  }

  /** 1 to 9 for headings, 0 for other paragraphs. */
  int headingLevel(String id) {
    Integer level =
        inherited(
            id,
            style -> {
              if (style.name.matches("heading [1-9]")) {
                return style.name.charAt(8) - '0';
              }
              if (style.name.equals("title")) {
                return 1;
              }
              return style.outline == null ? null : style.outline < 9 ? style.outline + 1 : 0;
            });
    return level == null ? 0 : level;
  }

  /** How deep a paragraph is quoted; 0 where it is none. */
  int quoteDepth(String id) {
    Integer depth =
        inherited(
            id,
            style -> {
              if (style.name.matches("quote [2-9]")) {
                return style.name.charAt(6) - '0';
              }
              return style.name.matches(
                      "(intense )?quote|block ?(text|quote)|quotations|quoted list")
                  ? 1
                  : null;
            });
    return depth == null ? 0 : depth;
  }

  boolean isCode(String id) {
    return Boolean.TRUE.equals(
        inherited(
            id,
            style ->
                style.name.matches(
                        "(quoted )?source code|html preformatted|preformatted text|code|code block"
                            + "|verbatim char|html code|source text|inline code")
                    ? true
                    : null));
  }

  /** The list of a style such as "List Bullet"; empty where it has none. */
  String list(String id) {
    String list = inherited(id, style -> style.list);
    return list == null ? "" : list;
  }

  int listLevel(String id) {
    Integer level = inherited(id, style -> style.listLevel);
    return level == null ? 0 : level;
  }

  boolean isRightToLeft(String id) {
    return Boolean.TRUE.equals(inherited(id, style -> style.rightToLeft));
  }

  /** The marks of a style for words. */
  Set<Mark> marks(String id) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (id.isEmpty()) {
      return marks;
    }
    if (Boolean.TRUE.equals(inherited(id, style -> style.bold))) {
      marks.add(Mark.BOLD);
    }
    if (Boolean.TRUE.equals(inherited(id, style -> style.italic))) {
      marks.add(Mark.ITALIC);
    }
    if (Boolean.TRUE.equals(inherited(id, style -> style.strike))) {
      marks.add(Mark.STRIKE);
    }
    if (isCode(id)) {
      marks.add(Mark.CODE);
    }
    return marks;
  }
}
