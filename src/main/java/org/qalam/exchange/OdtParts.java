package org.qalam.exchange;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The parts of an OpenDocument text that stand around its words. */
final class OdtParts {
  /** A style for one of the document's own, which runs or stands another way. */
  record Made(String parent, boolean rightToLeft, String align) {
    String name() {
      return parent + (rightToLeft ? ".rtl" : ".ltr") + (align.isEmpty() ? "" : "." + align);
    }
  }

  private static final String MIMETYPE = "application/vnd.oasis.opendocument.text";
  private static final String VERSION = "1.3";

  /** Of code among words; LibreOffice goes by its name for people, pandoc by just this one. */
  private static final String CODE = "Source_Text";

  private static final int LEVELS = 10;
  private static final String[] BULLETS = {"\u2022", "\u25e6", "\u25aa"};

  private OdtParts() {}

  static byte[] whole(byte[] content, FrontMatter facts, String title, Direction direction) {
    return new ZipText()
        .addPlain("mimetype", MIMETYPE)
        .add("content.xml", content)
        .add("styles.xml", styles(direction))
        .add("meta.xml", meta(facts, title))
        .add("META-INF/manifest.xml", manifest())
        .bytes();
  }

  static void open(XmlText xml, String root) {
    String names = "urn:oasis:names:tc:opendocument:xmlns:";
    xml.open(
        root,
        "xmlns:office",
        names + "office:1.0",
        "xmlns:style",
        names + "style:1.0",
        "xmlns:text",
        names + "text:1.0",
        "xmlns:table",
        names + "table:1.0",
        "xmlns:fo",
        names + "xsl-fo-compatible:1.0",
        "xmlns:svg",
        names + "svg-compatible:1.0",
        "xmlns:meta",
        names + "meta:1.0",
        "xmlns:dc",
        "http://purl.org/dc/elements/1.1/",
        "xmlns:xlink",
        "http://www.w3.org/1999/xlink",
        "office:version",
        VERSION);
  }

  /**
   * The name of the style for words with these marks. What stands within marked words says their
   * marks again: pandoc takes a style that is silent for one that changes them.
   */
  static String name(Set<Mark> marks) {
    if (marks.contains(Mark.CODE)) {
      return CODE;
    }
    StringBuilder name = new StringBuilder("Words");
    marks.forEach(mark -> name.append('.').append(mark.name()));
    return name.toString();
  }

  static void automatic(XmlText xml, Set<Made> made) {
    xml.open("office:automatic-styles");
    for (Made style : made) {
      xml.open(
          "style:style",
          "style:name",
          style.name(),
          "style:family",
          "paragraph",
          "style:parent-style-name",
          style.parent());
      // Not "start", which LibreOffice takes for the left.
      String align = !style.align().isEmpty() ? style.align() : style.rightToLeft() ? "right" : "";
      xml.empty(
          "style:paragraph-properties",
          "fo:text-align",
          align,
          "style:writing-mode",
          style.rightToLeft() ? "rl-tb" : "lr-tb",
          // said again, since pandoc knows quotations by it and looks at no parent
          "fo:margin-left",
          margin(style.parent()));
      xml.close();
    }
    List<Set<Mark>> kinds = new ArrayList<>(List.of(EnumSet.noneOf(Mark.class)));
    for (Mark mark : EnumSet.complementOf(EnumSet.of(Mark.CODE))) {
      for (Set<Mark> without : List.copyOf(kinds)) {
        Set<Mark> with = EnumSet.of(mark);
        with.addAll(without);
        kinds.add(with);
        words(xml, with);
      }
    }
    for (boolean isRight : new boolean[] {false, true}) {
      xml.open(
          "style:style",
          "style:name",
          isRight ? "TableRight" : "TableLeft",
          "style:family",
          "table");
      xml.empty(
          "style:table-properties",
          "table:align",
          "margins",
          "style:writing-mode",
          isRight ? "rl-tb" : "lr-tb");
      xml.close();
    }
    xml.open("style:style", "style:name", "Cell", "style:family", "table-cell")
        .empty(
            "style:table-cell-properties",
            "fo:padding",
            "0.1cm",
            "fo:border",
            "0.5pt solid #888888")
        .close();
    lists(xml);
    xml.close();
  }

  private static String margin(String quotation) {
    return switch (quotation) {
      case "Quotations", "Quoted_20_List" -> "1cm";
      case "Quotations_20_2" -> "2cm";
      case "Quotations_20_3" -> "3cm";
      default -> "";
    };
  }

  private static void words(XmlText xml, Set<Mark> marks) {
    boolean isBold = marks.contains(Mark.BOLD);
    boolean isItalic = marks.contains(Mark.ITALIC);
    boolean isStruck = marks.contains(Mark.STRIKE);
    xml.open("style:style", "style:name", name(marks), "style:family", "text")
        .empty(
            "style:text-properties",
            "fo:font-weight",
            isBold ? "bold" : "",
            "style:font-weight-complex",
            isBold ? "bold" : "",
            "fo:font-style",
            isItalic ? "italic" : "",
            "style:font-style-complex",
            isItalic ? "italic" : "",
            "style:text-line-through-style",
            isStruck ? "solid" : "",
            "style:text-line-through-type",
            isStruck ? "single" : "")
        .close();
  }

  private static void lists(XmlText xml) {
    for (boolean isNumbered : new boolean[] {false, true}) {
      xml.open("text:list-style", "style:name", isNumbered ? "Numbers" : "Bullets");
      for (int level = 1; level <= LEVELS; level++) {
        if (isNumbered) {
          xml.open(
              "text:list-level-style-number",
              "text:level",
              String.valueOf(level),
              "style:num-suffix",
              ".",
              "style:num-format",
              "1");
        } else {
          xml.open(
              "text:list-level-style-bullet",
              "text:level",
              String.valueOf(level),
              "text:bullet-char",
              BULLETS[(level - 1) % BULLETS.length]);
        }
        String indent = 0.635 * (level + 1) + "cm";
        xml.open(
                "style:list-level-properties",
                "text:list-level-position-and-space-mode",
                "label-alignment")
            .empty(
                "style:list-level-label-alignment",
                "text:label-followed-by",
                "listtab",
                "text:list-tab-stop-position",
                indent,
                "fo:text-indent",
                "-0.635cm",
                "fo:margin-left",
                indent)
            .close()
            .close();
      }
      xml.close();
    }
  }

  private static byte[] styles(Direction direction) {
    XmlText xml = new XmlText();
    open(xml, "office:document-styles");
    xml.open("office:font-face-decls")
        .empty(
            "style:font-face",
            "style:name",
            "Mono",
            "svg:font-family",
            "'Liberation Mono', 'DejaVu Sans Mono', Consolas",
            "style:font-pitch",
            "fixed")
        .close()
        .open("office:styles");
    paragraph(xml, "Standard", "", "fo:line-height", "120%").close();
    paragraph(xml, "Text_20_body", "Standard", "fo:margin-bottom", "0.25cm").close();
    for (int level = 1; level <= 6; level++) {
      xml.open(
              "style:style",
              "style:name",
              "Heading_20_" + level,
              "style:display-name",
              "Heading " + level,
              "style:family",
              "paragraph",
              "style:parent-style-name",
              "Standard",
              "style:next-style-name",
              "Text_20_body",
              "style:default-outline-level",
              String.valueOf(level))
          .empty(
              "style:paragraph-properties",
              "fo:margin-top",
              "0.5cm",
              "fo:margin-bottom",
              "0.2cm",
              "fo:keep-with-next",
              "always");
      String size = 20 - 2 * level + 2 + "pt";
      xml.empty(
              "style:text-properties",
              "fo:font-size",
              size,
              "style:font-size-complex",
              size,
              "fo:font-weight",
              "bold",
              "style:font-weight-complex",
              "bold")
          .close();
    }
    quote(xml, "Quotations", 1);
    quote(xml, "Quotations_20_2", 2);
    quote(xml, "Quotations_20_3", 3);
    quote(xml, "Quoted_20_List", 1);
    for (String name : new String[] {"Preformatted_20_Text", "Quoted_20_Source_20_Code"}) {
      paragraph(
              xml,
              name,
              "Standard",
              "fo:margin-left",
              name.startsWith("Q") ? "1cm" : "",
              "fo:background-color",
              "#f4f2ee",
              "style:writing-mode",
              "lr-tb")
          .empty("style:text-properties", "style:font-name", "Mono", "fo:font-size", "10pt")
          .close();
    }
    paragraph(
            xml,
            "Horizontal_20_Line",
            "Standard",
            "fo:border-bottom",
            "0.5pt solid #888888",
            "fo:margin-bottom",
            "0.4cm")
        .close();
    paragraph(xml, "Table_20_Contents", "Standard").close();
    paragraph(xml, "Table_20_Heading", "Table_20_Contents")
        .empty(
            "style:text-properties", "fo:font-weight", "bold", "style:font-weight-complex", "bold")
        .close();
    xml.open(
            "style:style",
            "style:name",
            CODE,
            "style:display-name",
            "Source Text",
            "style:family",
            "text")
        .empty("style:text-properties", "style:font-name", "Mono")
        .close();
    xml.close();
    page(xml, direction);
    return xml.close().bytes();
  }

  private static void page(XmlText xml, Direction direction) {
    xml.open("office:automatic-styles")
        .open("style:page-layout", "style:name", "Page")
        .empty(
            "style:page-layout-properties",
            "fo:page-width",
            "21cm",
            "fo:page-height",
            "29.7cm",
            "fo:margin",
            "2.5cm",
            "style:writing-mode",
            direction.isRightToLeft() ? "rl-tb" : "lr-tb")
        .close()
        .close()
        .open("office:master-styles")
        .empty("style:master-page", "style:name", "Standard", "style:page-layout-name", "Page")
        .close();
  }

  private static void quote(XmlText xml, String name, int depth) {
    paragraph(
            xml,
            name,
            "Standard",
            "fo:margin-left",
            depth + "cm",
            "fo:margin-right",
            "1cm",
            "fo:margin-bottom",
            "0.25cm")
        .close();
  }

  /** Begins a style for paragraphs. */
  private static XmlText paragraph(XmlText xml, String name, String parent, String... properties) {
    return xml.open(
            "style:style",
            "style:name",
            name,
            "style:display-name",
            name.replace("_20_", " "),
            "style:family",
            "paragraph",
            "style:parent-style-name",
            parent)
        .empty("style:paragraph-properties", properties);
  }

  private static byte[] meta(FrontMatter facts, String title) {
    XmlText xml = new XmlText();
    open(xml, "office:document-meta");
    xml.open("office:meta").element("dc:title", title);
    facts.tags().forEach(tag -> xml.element("meta:keyword", tag));
    return xml.close().close().bytes();
  }

  private static byte[] manifest() {
    XmlText xml = new XmlText();
    xml.open(
            "manifest:manifest",
            "xmlns:manifest",
            "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
            "manifest:version",
            VERSION)
        .empty("manifest:file-entry", "manifest:full-path", "/", "manifest:media-type", MIMETYPE);
    for (String part : new String[] {"content.xml", "styles.xml", "meta.xml"}) {
      xml.empty(
          "manifest:file-entry", "manifest:full-path", part, "manifest:media-type", "text/xml");
    }
    return xml.close().bytes();
  }
}
