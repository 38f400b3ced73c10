package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Which way written paragraphs run, seen by parsers that know nothing of the writers. */
class ExchangeDirectionTest {
  private static final String TEXT =
      """
      # عنوان

      English words with كلمة in it.

      فقرة with words (3).

      - بند
      - item

      | اسم | b |
      |---|---|
      | واحد | 1 |
      """;

  @TempDir Path folder;

  private Path write(DocumentFormat format) {
    return DocumentExport.write("", TEXT, folder.resolve("a" + format.suffix()), format, true);
  }

  private static Document part(Path file, String name) throws Exception {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] bytes = zip.getInputStream(zip.getEntry(name)).readAllBytes();
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }
  }

  private static List<Element> elements(Document document, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = document.getElementsByTagNameNS("*", name);
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  @Test
  void wordParagraphsAndRunsSayThatTheyRunFromTheRight() throws Exception {
    Document body = part(write(DocumentFormat.DOCX), "word/document.xml");
    List<String> fromTheRight = new ArrayList<>();
    for (Element paragraph : elements(body, "p")) {
      if (paragraph.getElementsByTagNameNS("*", "bidi").getLength() > 0) {
        fromTheRight.add(paragraph.getTextContent());
      }
    }
    assertEquals(List.of("عنوان", "فقرة with words (3).", "بند", "اسم", "واحد"), fromTheRight);
    List<String> runs = new ArrayList<>();
    for (Element run : elements(body, "r")) {
      if (run.getElementsByTagNameNS("*", "rtl").getLength() > 0) {
        runs.add(run.getTextContent().strip());
      }
    }
    assertTrue(
        runs.contains("كلمة") && runs.contains("فقرة") && runs.contains("."), runs.toString());
    assertTrue(runs.stream().noneMatch(run -> run.contains("words")), runs.toString());
    assertEquals(1, elements(body, "bidiVisual").size());
  }

  /** By these pandoc knows quotations and code in OpenDocument files. */
  @Test
  void openDocumentQuotationsFromTheRightAreSetInAndCodeHasItsName() throws Exception {
    Path file =
        DocumentExport.write(
            "", "> قال: `code`", folder.resolve("q.odt"), DocumentFormat.ODT, true);
    Document content = part(file, "content.xml");
    Element paragraph = elements(content, "p").getFirst();
    String style = paragraph.getAttribute("text:style-name");
    Element made =
        elements(content, "style").stream()
            .filter(one -> one.getAttribute("style:name").equals(style))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "1cm",
        ((Element) made.getElementsByTagNameNS("*", "paragraph-properties").item(0))
            .getAttribute("fo:margin-left"));
    assertEquals(
        "Source_Text", elements(content, "span").getFirst().getAttribute("text:style-name"));
  }

  @Test
  void openDocumentParagraphsHaveAStyleThatRunsFromTheRight() throws Exception {
    Document content = part(write(DocumentFormat.ODT), "content.xml");
    List<String> styles = new ArrayList<>();
    for (Element style : elements(content, "style")) {
      NodeList facts = style.getElementsByTagNameNS("*", "paragraph-properties");
      if (facts.getLength() > 0
          && attribute((Element) facts.item(0), "writing-mode").equals("rl-tb")) {
        styles.add(attribute(style, "name"));
      }
    }
    List<String> fromTheRight = new ArrayList<>();
    for (String kind : List.of("h", "p")) {
      for (Element paragraph : elements(content, kind)) {
        if (styles.contains(attribute(paragraph, "style-name"))) {
          fromTheRight.add(paragraph.getTextContent());
        }
      }
    }
    assertEquals(List.of("عنوان", "فقرة with words (3).", "بند", "اسم", "واحد"), fromTheRight);
  }

  private static String attribute(Element element, String name) {
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      if (name.equals(element.getAttributes().item(i).getLocalName())) {
        return element.getAttributes().item(i).getNodeValue();
      }
    }
    return "";
  }

  @Test
  void elementsOfAPageSayWhichWayTheyRun() throws IOException {
    org.jsoup.nodes.Document page = Jsoup.parse(Files.readString(write(DocumentFormat.HTML)));
    assertEquals("rtl", page.select("html").attr("dir"));
    assertEquals("rtl", page.select("h1").attr("dir"));
    assertEquals(List.of("ltr", "rtl"), page.select("body > p").eachAttr("dir"));
    assertEquals(List.of("rtl", "ltr"), page.select("li").eachAttr("dir"));
    assertEquals("rtl", page.select("table").attr("dir"));
  }

  @Test
  void paragraphsThatRunFromTheRightButBeginWithLatinLettersKeepTheirWay() throws Exception {
    String text = "\u200fWord هو برنامج.\n";
    Path file = DocumentExport.write("", text, folder.resolve("b.docx"), DocumentFormat.DOCX, true);
    String body = new String(bytes(file), StandardCharsets.UTF_8);
    assertTrue(body.contains("<w:bidi/>"), body);
    assertEquals(text, DocumentImport.read(file).text());
  }

  private static byte[] bytes(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry("word/document.xml")).readAllBytes();
    }
  }
}
