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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What other programs know the parts of written Office documents by. */
class KnownByOthersTest {
  @TempDir Path folder;

  private Path write(String text, DocumentFormat format) {
    return DocumentExport.write("", text, folder.resolve("a" + format.suffix()), format, true);
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

  private static String first(Element element, String name, String attribute) {
    Element found = (Element) element.getElementsByTagNameNS("*", name).item(0);
    return found == null ? "" : found.getAttribute(attribute);
  }

  /** OpenDocument 1.3, part 2, 3.3: the type stands at byte 38 of the file. */
  @Test
  void anOpenDocumentFileTellsItsTypeWithItsFirstBytes() throws IOException {
    byte[] bytes = Files.readAllBytes(write("x", DocumentFormat.ODT));
    String start = new String(bytes, 30, 47, StandardCharsets.US_ASCII);
    assertEquals("mimetypeapplication/vnd.oasis.opendocument.text", start);
  }

  /** Its words; spaces beside elements are elements. */
  private static String spaced(Element element) {
    StringBuilder words = new StringBuilder();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        words.append(child.getLocalName().equals("s") ? " " : spaced(child));
      } else {
        words.append(node.getTextContent());
      }
    }
    return words.toString();
  }

  @Test
  void marksWithinMarkedWordsStandWithinThem() throws Exception {
    Path file = write("**bold with *slanted* and `code` inside** and *last*.", DocumentFormat.ODT);
    Document content = part(file, "content.xml");
    List<String> spans = new ArrayList<>();
    for (Element span : elements(content, "span")) {
      spans.add(span.getAttribute("text:style-name") + " " + spaced(span));
    }
    assertEquals(
        List.of(
            "Words.BOLD bold with slanted and code inside",
            "Words.BOLD.ITALIC slanted",
            "Source_Text code",
            "Words.ITALIC last"),
        spans);
  }

  @Test
  void aLinkInMarkedWordsDoesNotCutThem() throws Exception {
    String text =
        "**Read [the *old* map](https://a.org) first**, [**then *it* goes** on](https://b.org).\n";
    Path file = write(text, DocumentFormat.ODT);
    List<Element> links = elements(part(file, "content.xml"), "a");
    assertEquals("span", links.getFirst().getParentNode().getLocalName());
    assertEquals("p", links.getLast().getParentNode().getLocalName());
    assertEquals(text, DocumentImport.read(file).text());
    assertEquals(text, DocumentImport.read(write(text, DocumentFormat.DOCX)).text());
  }

  @Test
  void englishOnPagesFromTheRightSaysThatItRunsFromTheLeft() throws Exception {
    Document content =
        part(write("فقرة عربية.\n\nIn English.\n", DocumentFormat.ODT), "content.xml");
    Element english = elements(content, "p").getLast();
    assertEquals("In English.", english.getTextContent());
    Element style =
        elements(content, "style").stream()
            .filter(one ->
                one.getAttribute("style:name").equals(english.getAttribute("text:style-name")))
            .findFirst()
            .orElseThrow();
    assertEquals("lr-tb", first(style, "paragraph-properties", "style:writing-mode"));
  }

  /**
   * List 0 is no list: Word and LibreOffice draw no sign, pandoc leaves the paragraph in the item.
   */
  @Test
  void whatGoesOnInAnItemOfAWordDocumentIsInListNought() throws Exception {
    Path file = write("- one\n\n  goes on\n\n  ```\n  code\n  ```\n\nafter\n", DocumentFormat.DOCX);
    List<String> lists = new ArrayList<>();
    for (Element paragraph : elements(part(file, "word/document.xml"), "p")) {
      lists.add(paragraph.getTextContent() + " " + first(paragraph, "numId", "w:val"));
    }
    assertEquals(List.of("one 1", "goes on 0", "code 0", "after "), lists);
  }

  @Test
  void aQuotedListOfAWordDocumentIsSetInFurtherThanOneThatIsNot() throws Exception {
    String text = "- one\n\n> - two\n>\n>   goes on\n";
    Path file = write(text, DocumentFormat.DOCX);
    List<Integer> indents = new ArrayList<>();
    for (Element kind : elements(part(file, "word/numbering.xml"), "abstractNum")) {
      indents.add(Integer.valueOf(first(kind, "ind", "w:left")));
    }
    assertEquals(2, indents.size());
    assertTrue(indents.getLast() > indents.getFirst() + 300, indents.toString());
    Element goesOn = elements(part(file, "word/document.xml"), "p").getLast();
    assertEquals(String.valueOf(indents.getLast()), first(goesOn, "ind", "w:left"));
    assertEquals(Structure.of(text), Structure.of(DocumentImport.read(file).text()));
  }

  /** The room below each paragraph, in twentieths of a point; nothing where the style says it. */
  private List<String> roomBelow(String text) throws Exception {
    Document content = part(write(text, DocumentFormat.DOCX), "word/document.xml");
    return elements(content, "p").stream().map(one -> first(one, "spacing", "w:after")).toList();
  }

  @Test
  void itemsOfATightListStandCloseUpToItsEnd() throws Exception {
    assertEquals(
        List.of("", "30", "30", "30", "", ""),
        roomBelow("Buy\n\n- tea\n- bread\n  - white\n  - brown\n\nToday."));
    assertEquals(
        List.of("30", "30", "30", ""), roomBelow("1. tea\n   - green\n   - black\n2. bread"));
    assertEquals(List.of("", ""), roomBelow("- tea\n\n- bread"));
    assertEquals(List.of("", ""), roomBelow("Tea.\n\nBread."));
  }
}
