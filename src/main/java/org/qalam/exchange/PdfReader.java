package org.qalam.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * Reads the text of a PDF file: its lines joined to paragraphs, large print taken for headings.
 * Scripts, forms, attachments and pictures are not looked at. Used by one thread.
 */
final class PdfReader extends PDFTextStripper {
  static final int MOST_PAGES = 3_000;

  /** A bullet at the start of a line. */
  private static final String BULLETS = "\u2022\u2023\u25aa\u25cf\u25e6\u2043\uf0b7";

  /** Print that is this much larger than that of most of the text is a heading's. */
  private static final double LARGE = 1.15;

  private static final int LONGEST_HEADING = 200;

  // Held here, since a logger that nobody holds forgets its level. PDFBox tells of each odd font.
  private static final List<Logger> SILENT =
      List.of(Logger.getLogger("org.apache.pdfbox"), Logger.getLogger("org.apache.fontbox"));

  /**
   * A paragraph as it is printed.
   *
   * @param size of its print, in points
   */
  private record Printed(String text, int size, boolean isLastOnPage) {}

  private final List<Printed> paragraphs = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final TreeMap<Integer, Integer> sizes = new TreeMap<>();
  private final Budget budget;
  private VisualLine line = new VisualLine();
  private boolean isLineStart;

  /** Where the lines of the page begin and end, in points. */
  private float left;

  private float right;

  /** Of the print at the start of the line, in points. */
  private int lineSize;

  private PdfReader(Budget budget) {
    this.budget = budget;
  }

  /** Keeps PDFBox from writing to the log and from reading the machine's fonts. */
  static void beSilentAndAlone() {
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
    FontMappers.set(new PdfFonts());
  }

  static Node read(Path file, byte[] bytes, Budget budget) throws IOException {
    beSilentAndAlone();
    try (PDDocument pdf =
        Loader.loadPDF(bytes, "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
      if (pdf.getNumberOfPages() > MOST_PAGES) {
        throw new ExchangeException(
            Reason.TOO_LARGE,
            file,
            file + " has more than " + MOST_PAGES + " pages; export some of them to a file first.",
            null);
      }
      PdfReader reader = new PdfReader(budget);
      reader.setSortByPosition(true);
      reader.getText(pdf);
      reader.endParagraph(true);
      if (reader.paragraphs.isEmpty()) {
        throw new ExchangeException(
            Reason.NOT_TEXT,
            file,
            file + " holds no text, as scanned pages do not; make text of it with another program.",
            null);
      }
      return reader.tree();
    }
  }

  @Override
  protected void writeString(String words, List<TextPosition> positions) throws IOException {
    int size = positions.isEmpty() ? 0 : Math.round(positions.getFirst().getFontSizeInPt());
    if (isLineStart && lineSize > 0 && (size > lineSize * LARGE || lineSize > size * LARGE)) {
      endParagraph(false); // a heading and what it stands above are not far from each other
    }
    isLineStart = false;
    lineSize = size;
    line.add(words, positions);
    sizes.merge(size, words.length(), Integer::sum);
  }

  @Override
  protected void writeWordSeparator() {
    // the line knows its gaps
  }

  /** Margins are taken to be alike on both sides, which tells where short lines stand. */
  @Override
  protected void writePageStart() {
    float first = Float.MAX_VALUE;
    float last = 0;
    float width = 0;
    for (List<TextPosition> article : getCharactersByArticle()) {
      for (TextPosition letter : article) {
        if (!letter.getUnicode().isBlank()) {
          width = letter.getPageWidth();
          first = Math.min(first, letter.getXDirAdj());
          last = Math.max(last, letter.getXDirAdj() + letter.getWidthDirAdj());
        }
      }
    }
    left = Math.min(first, width - last);
    right = width - left;
  }

  private void endLine() {
    if (!line.isEmpty()) {
      text.append(line.text(left, right));
      line = new VisualLine();
    }
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
    text.append('\n');
    isLineStart = true;
    if (text.length() > TextImport.LIMIT) {
      throw budget.exceeded();
    }
  }

  @Override
  protected void writeParagraphStart() {
    endParagraph(false);
  }

  @Override
  protected void writeParagraphEnd() {
    endParagraph(false);
  }

  @Override
  protected void writePageEnd() {
    endParagraph(true);
  }

  private void endParagraph(boolean isPageEnd) {
    endLine();
    String words = text.toString().strip();
    text.setLength(0);
    if (!words.isEmpty()) {
      budget.count();
      int size = 0;
      int most = 0;
      for (var entry : sizes.entrySet()) {
        if (entry.getValue() > most) {
          size = entry.getKey();
          most = entry.getValue();
        }
      }
      paragraphs.add(new Printed(words, size, isPageEnd));
    } else if (isPageEnd && !paragraphs.isEmpty()) {
      Printed last = paragraphs.removeLast();
      paragraphs.add(new Printed(last.text, last.size, true));
    }
    sizes.clear();
  }

  private Node tree() {
    int usual = usualSize();
    Set<Integer> large = new TreeSet<>((one, other) -> Integer.compare(other, one));
    for (Printed paragraph : paragraphs) {
      if (isHeading(paragraph, usual)) {
        large.add(paragraph.size);
      }
    }
    List<Integer> levels = List.copyOf(large);
    Node root = new Document();
    for (Printed paragraph : joinedAcrossPages(usual)) {
      if (isHeading(paragraph, usual)) {
        InlineText words = words(paragraph.text.replace('\n', ' '));
        root.appendChild(Blocks.heading(levels.indexOf(paragraph.size) + 1, words));
      } else {
        lines(root, paragraph.text);
      }
    }
    return root;
  }

  private int usualSize() {
    TreeMap<Integer, Integer> lengths = new TreeMap<>();
    paragraphs.forEach(one -> lengths.merge(one.size, one.text.length(), Integer::sum));
    return lengths.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  private static boolean isHeading(Printed paragraph, int usual) {
    return paragraph.size >= usual * LARGE && paragraph.text.length() <= LONGEST_HEADING;
  }

  /** A sentence that goes on after the end of its page is one paragraph. */
  private List<Printed> joinedAcrossPages(int usual) {
    List<Printed> joined = new ArrayList<>();
    for (Printed paragraph : paragraphs) {
      Printed last = joined.isEmpty() ? null : joined.getLast();
      int first = paragraph.text.codePointAt(0);
      boolean goesOn =
          last != null
              && last.isLastOnPage
              && last.size == paragraph.size
              && !isHeading(last, usual)
              && Character.isLetter(last.text.codePointBefore(last.text.length()))
              && (Character.isLowerCase(first)
                  || Character.getType(first) == Character.OTHER_LETTER);
      if (goesOn && last != null) {
        joined.removeLast();
        joined.add(
            new Printed(last.text + "\n" + paragraph.text, paragraph.size, paragraph.isLastOnPage));
      } else {
        joined.add(paragraph);
      }
    }
    return joined;
  }

  /** Adds a paragraph, and its lines that have bullets as a list. */
  private static void lines(Node root, String text) {
    StringBuilder words = new StringBuilder();
    boolean isItem = false;
    for (String line : text.split("\n", -1)) {
      String stripped = line.strip();
      boolean begins = !stripped.isEmpty() && BULLETS.indexOf(stripped.charAt(0)) >= 0;
      if (begins) {
        end(root, words, isItem);
        isItem = true;
        words.append(stripped.substring(1).strip());
      } else {
        join(words, stripped);
      }
    }
    end(root, words, isItem);
  }

  private static void join(StringBuilder words, String line) {
    int length = words.length();
    boolean isCut =
        length > 1
            && words.charAt(length - 1) == '-'
            && Character.isLowerCase(words.charAt(length - 2))
            && !line.isEmpty()
            && Character.isLowerCase(line.charAt(0));
    if (isCut) {
      words.setLength(length - 1);
    } else if (length > 0) {
      words.append(' ');
    }
    words.append(line);
  }

  private static void end(Node root, StringBuilder words, boolean isItem) {
    InlineText text = words(words.toString());
    words.setLength(0);
    if (text.isBlank()) {
      return;
    }
    if (!isItem) {
      root.appendChild(Blocks.paragraph(text));
      return;
    }
    Node list = root.getLastChild() instanceof BulletList last ? last : Blocks.bullets();
    root.appendChild(list);
    Node item = new ListItem();
    item.appendChild(Blocks.paragraph(text));
    list.appendChild(item);
  }

  private static InlineText words(String text) {
    InlineText words = new InlineText();
    words.add(text.replaceAll("\\s+", " "), Set.of(), "");
    return words;
  }
}
