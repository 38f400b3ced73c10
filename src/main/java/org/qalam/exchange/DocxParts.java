package org.qalam.exchange;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parts of a Word document that stand around its text. */
final class DocxParts {
  /** A list of the text; its id is its place among all, from 1. */
  record ListStart(boolean isNumbered, int level, int first, int quotes) {
    /** What all lists that look like it have in common. */
    int kind() {
      return 1 + 2 * quotes + (isNumbered ? 1 : 0);
    }
  }

  private static final String TYPE =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  private static final int LEVELS = 9;

  /** Twentieths of a point that a quotation is set in by. */
  private static final int QUOTE = 560;

  private static final String[] BULLETS = {"\u2022", "\u25e6", "\u25aa"};

  private DocxParts() {}

  static byte[] whole(
      byte[] body,
      Map<String, String> links,
      List<ListStart> lists,
      FrontMatter facts,
      String title) {
    return new ZipText()
        .add("[Content_Types].xml", types())
        .add("_rels/.rels", packageRelations())
        .add("docProps/core.xml", core(facts, title))
        .add("word/document.xml", body)
        .add("word/_rels/document.xml.rels", relations(links))
        .add("word/styles.xml", styles())
        .add("word/numbering.xml", numbering(lists))
        .add("word/settings.xml", settings())
        .bytes();
  }

  private static byte[] types() {
    XmlText xml = new XmlText();
    xml.open("Types", "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
        .empty(
            "Default",
            "Extension",
            "rels",
            "ContentType",
            "application/vnd.openxmlformats-package.relationships+xml")
        .empty("Default", "Extension", "xml", "ContentType", "application/xml")
        .empty(
            "Override",
            "PartName",
            "/docProps/core.xml",
            "ContentType",
            "application/vnd.openxmlformats-package.core-properties+xml");
    String[][] parts = {
      {"document", "document.main+xml"},
      {"styles", "styles+xml"},
      {"numbering", "numbering+xml"},
      {"settings", "settings+xml"}
    };
    for (String[] part : parts) {
      xml.empty("Override", "PartName", "/word/" + part[0] + ".xml", "ContentType", TYPE + part[1]);
    }
    return xml.close().bytes();
  }

  private static byte[] packageRelations() {
    return new XmlText()
        .open("Relationships", "xmlns", Docx.PACKAGE)
        .empty(
            "Relationship",
            "Id",
            "rId1",
            "Type",
            Docx.RELATIONS + "/officeDocument",
            "Target",
            "word/document.xml")
        .empty(
            "Relationship",
            "Id",
            "rId2",
            "Type",
            Docx.PACKAGE + "/metadata/core-properties",
            "Target",
            "docProps/core.xml")
        .close()
        .bytes();
  }

  private static byte[] core(FrontMatter facts, String title) {
    return new XmlText()
        .open(
            "cp:coreProperties",
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            "xmlns:dc",
            "http://purl.org/dc/elements/1.1/")
        .element("dc:title", title)
        .element("cp:keywords", String.join(", ", facts.tags()))
        .close()
        .bytes();
  }

  private static byte[] relations(Map<String, String> links) {
    XmlText xml = new XmlText().open("Relationships", "xmlns", Docx.PACKAGE);
    for (String part : List.of("styles", "numbering", "settings")) {
      xml.empty(
          "Relationship", "Id", part, "Type", Docx.RELATIONS + "/" + part, "Target", part + ".xml");
    }
    links.forEach((target, id) ->
        xml.empty(
            "Relationship",
            "Id",
            id,
            "Type",
            Docx.RELATIONS + "/hyperlink",
            "Target",
            target,
            "TargetMode",
            "External"));
    return xml.close().bytes();
  }

  private static byte[] settings() {
    return new XmlText()
        .open("w:settings", "xmlns:w", Docx.MAIN)
        .open("w:compat")
        .empty(
            "w:compatSetting",
            "w:name",
            "compatibilityMode",
            "w:uri",
            "http://schemas.microsoft.com/office/word",
            "w:val",
            "15")
        .close()
        .close()
        .bytes();
  }

  private static byte[] numbering(List<ListStart> lists) {
    XmlText xml = new XmlText().open("w:numbering", "xmlns:w", Docx.MAIN);
    Map<Integer, ListStart> kinds = new TreeMap<>();
    lists.forEach(list -> kinds.putIfAbsent(list.kind(), list));
    for (ListStart kind : kinds.values()) {
      // Quoted lists are of a kind of their own: LibreOffice would take them for the list before.
      xml.open("w:abstractNum", "w:abstractNumId", String.valueOf(kind.kind()))
          .empty("w:multiLevelType", "w:val", "multilevel");
      for (int level = 0; level < LEVELS; level++) {
        xml.open("w:lvl", "w:ilvl", String.valueOf(level))
            .empty("w:start", "w:val", "1")
            .empty("w:numFmt", "w:val", kind.isNumbered() ? "decimal" : "bullet")
            .empty(
                "w:lvlText",
                "w:val",
                kind.isNumbered() ? "%" + (level + 1) + "." : BULLETS[level % BULLETS.length])
            .empty("w:lvlJc", "w:val", "left")
            .open("w:pPr")
            .empty("w:ind", "w:left", indent(level, kind.quotes()), "w:hanging", "360")
            .close()
            .close();
      }
      xml.close();
    }
    for (int i = 0; i < lists.size(); i++) {
      ListStart list = lists.get(i);
      xml.open("w:num", "w:numId", String.valueOf(i + 1))
          .empty("w:abstractNumId", "w:val", String.valueOf(list.kind()));
      // Also for bullets: without a start of its own a list would go on in the one before.
      xml.open("w:lvlOverride", "w:ilvl", String.valueOf(list.level()))
          .empty("w:startOverride", "w:val", String.valueOf(list.first()))
          .close();
      xml.close();
    }
    return xml.close().bytes();
  }

  /** Where the words of an item stand, in twentieths of a point. */
  static String indent(int level, int quotes) {
    return String.valueOf(Docx.STEP * (level + 1) + QUOTE * quotes);
  }

  private static byte[] styles() {
    XmlText xml = new XmlText().open("w:styles", "xmlns:w", Docx.MAIN);
    xml.open("w:docDefaults")
        .open("w:rPrDefault")
        .open("w:rPr")
        .empty("w:rFonts", "w:ascii", "Calibri", "w:hAnsi", "Calibri", "w:cs", "Arial")
        .empty("w:sz", "w:val", "23")
        .empty("w:szCs", "w:val", "26")
        .empty("w:lang", "w:val", "en-US", "w:bidi", "ar-SA")
        .close()
        .close()
        .open("w:pPrDefault")
        .open("w:pPr")
        .empty("w:spacing", "w:after", "140", "w:line", "288", "w:lineRule", "auto")
        .close()
        .close()
        .close();
    start(xml, "paragraph", "Normal", "Normal", "", true).close();
    for (int level = 1; level <= 6; level++) {
      String size = String.valueOf(40 - 4 * level);
      start(xml, "paragraph", "Heading" + level, "heading " + level, "Normal", false)
          .open("w:pPr")
          .empty("w:keepNext")
          .empty("w:spacing", "w:before", "280", "w:after", "100")
          .empty("w:outlineLvl", "w:val", String.valueOf(level - 1))
          .close()
          .open("w:rPr")
          .empty("w:b")
          .empty("w:bCs")
          .empty("w:sz", "w:val", size)
          .empty("w:szCs", "w:val", size)
          .close()
          .close();
    }
    for (int depth = 1; depth <= 3; depth++) {
      String name = depth == 1 ? "Quote" : "Quote " + depth;
      String indent = String.valueOf(QUOTE * depth);
      start(xml, "paragraph", name.replace(" ", ""), name, "Normal", false)
          .open("w:pPr")
          .empty("w:ind", "w:left", indent, "w:right", "560")
          .close()
          .open("w:rPr")
          .empty("w:color", "w:val", "404040")
          .close()
          .close();
    }
    code(xml, "SourceCode", "Source Code", "Normal");
    code(xml, "QuotedSourceCode", "Quoted Source Code", "Quote");
    start(xml, "paragraph", "TableHeading", "Table Heading", "Normal", false)
        .open("w:rPr")
        .empty("w:b")
        .empty("w:bCs")
        .close()
        .close();
    start(xml, "character", "VerbatimChar", "Verbatim Char", "", false);
    font(xml).close();
    start(xml, "character", "Hyperlink", "Hyperlink", "", false)
        .open("w:rPr")
        .empty("w:color", "w:val", "0563C1")
        .empty("w:u", "w:val", "single")
        .close()
        .close();
    table(xml);
    return xml.close().bytes();
  }

  private static XmlText start(
      XmlText xml, String type, String id, String name, String basedOn, boolean isDefault) {
    xml.open("w:style", "w:type", type, "w:default", isDefault ? "1" : "", "w:styleId", id)
        .empty("w:name", "w:val", name);
    if (!basedOn.isEmpty()) {
      xml.empty("w:basedOn", "w:val", basedOn);
    }
    return xml.empty("w:qFormat");
  }

  private static void code(XmlText xml, String id, String name, String basedOn) {
    start(xml, "paragraph", id, name, basedOn, false)
        .open("w:pPr")
        .empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", "F4F2EE")
        .empty("w:bidi", "w:val", "0")
        .close();
    font(xml).close();
  }

  private static XmlText font(XmlText xml) {
    return xml.open("w:rPr")
        .empty("w:rFonts", "w:ascii", "Consolas", "w:hAnsi", "Consolas", "w:cs", "Courier New")
        .close();
  }

  private static void table(XmlText xml) {
    start(xml, "table", "TableGrid", "Table Grid", "", false).open("w:tblPr").open("w:tblBorders");
    for (String side : List.of("top", "left", "bottom", "right", "insideH", "insideV")) {
      xml.empty("w:" + side, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "auto");
    }
    xml.close().close().close();
  }
}
