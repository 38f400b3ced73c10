package org.qalam.exchange;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/**
 * The words of one paragraph as other programs keep them, a run after the other, each with its
 * marks and its link; brought to Markdown's nested marks by {@link #appendTo}. Used by one thread.
 */
final class InlineText {
  /**
   * @param text no line ends but in a break, which is nothing else
   * @param link empty for none
   */
  private record Piece(String text, Set<Mark> marks, String link) {
    boolean isBreak() {
      return text.equals("\n");
    }

    boolean isLike(Piece other) {
      return marks.equals(other.marks) && link.equals(other.link);
    }
  }

  /** {@code [[a note]]}, {@code ![[a picture]]}, {@code [^1]} and {@code #tag}. */
  private static final Pattern AS_IT_IS =
      Pattern.compile(
          "!?\\[\\[[^\\[\\]\n`*_\\\\]+\\]\\]|\\[\\^[\\p{L}\\p{N}]+\\]"
              + "|(?<![^\\s(])#(?=[\\p{N}/-]*\\p{L})[\\p{L}\\p{M}\\p{N}/-]+");

  /** What CommonMark's renderer leaves as it is: alone on its line it would be a block's sign. */
  private static final Pattern BLOCK_SIGN = Pattern.compile("(?:[-+=]+|\\d{1,9}[.)])\\s*|\\+\\s.*");

  private static final Pattern SAFE_LINK =
      Pattern.compile("(?i)(https?|mailto|tel|ftp|obsidian|joplin):.*|[^:]*([/?#].*)?");

  private final List<Piece> pieces = new ArrayList<>();

  /**
   * Adds words.
   *
   * @param link where they lead; empty for none, and one that runs a program is none
   */
  void add(String words, Set<Mark> marks, String link) {
    String flat = words.replaceAll("[\\t\\n\\r\\u000b\\f\\u0085\\u2028\\u2029]+", " ");
    flat = TextImport.normalise(flat);
    if (!flat.isEmpty()) {
      Set<Mark> copy = EnumSet.noneOf(Mark.class);
      copy.addAll(marks);
      add(new Piece(flat, copy, safe(link)));
    }
  }

  /** Adds words whose first space counts only where none is before it, as in HTML and XML. */
  void addSpaced(String words, Set<Mark> marks, String link) {
    boolean afterSpace = pieces.isEmpty() || lastChar() == ' ';
    add(afterSpace && words.startsWith(" ") ? words.substring(1) : words, marks, link);
  }

  private char lastChar() {
    String last = pieces.getLast().text;
    return last.charAt(last.length() - 1);
  }

  /** The same words without breaks. */
  InlineText onOneLine() {
    InlineText line = new InlineText();
    for (Piece piece : pieces) {
      line.add(new Piece(piece.isBreak() ? " " : piece.text, piece.marks, piece.link));
    }
    return line;
  }

  void addBreak() {
    pieces.add(new Piece("\n", EnumSet.noneOf(Mark.class), ""));
  }

  /** Adds another text's words after a break. */
  void addAll(InlineText other) {
    if (!isBlank()) {
      addBreak();
    }
    pieces.addAll(other.pieces);
  }

  private void add(Piece piece) {
    Piece last = pieces.isEmpty() ? null : pieces.getLast();
    if (last != null && !last.isBreak() && last.isLike(piece)) {
      pieces.set(pieces.size() - 1, new Piece(last.text + piece.text, last.marks, last.link));
    } else {
      pieces.add(piece);
    }
  }

  boolean isBlank() {
    return pieces.stream().allMatch(piece -> piece.text.isBlank());
  }

  /** The words alone; breaks are line ends. */
  String plain() {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text));
    return text.toString();
  }

  /** Whether there are words and all of them are code. */
  boolean isCode() {
    return !isBlank()
        && pieces.stream()
            .allMatch(piece -> piece.text.isBlank() || piece.marks.contains(Mark.CODE));
  }

  /** Takes words away from the start, where they stand there. */
  boolean takeStart(String words) {
    if (pieces.isEmpty() || !pieces.getFirst().text.startsWith(words)) {
      return false;
    }
    Piece first = pieces.getFirst();
    pieces.set(0, new Piece(first.text.substring(words.length()), first.marks, first.link));
    return true;
  }

  /** Puts a sign for the direction in front of all. */
  void putFirst(char sign) {
    pieces.addFirst(new Piece(String.valueOf(sign), EnumSet.noneOf(Mark.class), ""));
  }

  private static String safe(String link) {
    String clean = link.strip().replaceAll("[\\p{Cntrl}]", "").replace(" ", "%20");
    return SAFE_LINK.matcher(clean).matches() ? clean : "";
  }

  /** Adds the words to a paragraph or heading; a break becomes one of Markdown's. */
  void appendTo(Node parent) {
    appendTo(parent, false);
  }

  /** Adds the words to a table's cell, in which Markdown knows no line ends. */
  void appendToCell(Node cell) {
    appendTo(cell, true);
  }

  private void appendTo(Node parent, boolean inCell) {
    List<Piece> plain = trimmed();
    List<Piece> tidy = withMarksAtLetters(plain);
    if (tidy.stream().anyMatch(piece -> !piece.marks.isEmpty()) && !isReadBack(tidy, inCell)) {
      // Marks of which Markdown would make something else, as between letters and signs.
      InlineText unmarked = new InlineText();
      for (Piece piece : plain) {
        if (piece.isBreak()) {
          unmarked.addBreak();
        } else {
          // One piece where there were several: a block's sign is seen only as a whole.
          unmarked.add(new Piece(piece.text, EnumSet.noneOf(Mark.class), piece.link));
        }
      }
      tidy = unmarked.pieces;
    }
    appendRuns(parent, tidy, inCell);
  }

  private static boolean isReadBack(List<Piece> pieces, boolean inCell) {
    Paragraph alone = new Paragraph();
    appendRuns(alone, pieces, inCell);
    String wanted = Markdown.plain(alone);
    Document document = new Document();
    document.appendChild(alone);
    Node read = Markdown.parse(Markdown.render(document)).getFirstChild();
    return read != null && read.getNext() == null && Markdown.plain(read).equals(wanted);
  }

  /** Without white space at the ends of lines, where it would mean something in Markdown. */
  private List<Piece> trimmed() {
    List<Piece> result = new ArrayList<>();
    for (Piece piece : pieces) {
      String text = piece.text;
      boolean isAtStart = result.isEmpty() || result.getLast().isBreak();
      if (piece.isBreak()) {
        trimEnd(result);
        if (!result.isEmpty()) {
          result.add(piece);
        }
        continue;
      }
      text = isAtStart ? stripLeading(text) : text;
      if (!text.isEmpty()) {
        result.add(new Piece(text, piece.marks, piece.link));
      }
    }
    trimEnd(result);
    while (!result.isEmpty() && result.getLast().isBreak()) {
      result.removeLast();
      trimEnd(result);
    }
    return result;
  }

  private static void trimEnd(List<Piece> pieces) {
    while (!pieces.isEmpty() && !pieces.getLast().isBreak()) {
      Piece last = pieces.removeLast();
      String text = last.text;
      int end = text.length();
      while (end > 0 && isSpace(text.charAt(end - 1))) {
        end--;
      }
      if (end > 0) {
        pieces.add(new Piece(text.substring(0, end), last.marks, last.link));
        return;
      }
    }
  }

  private static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  /**
   * Markdown's marks count only where no space is inside of them, and where a sign inside of them
   * has no letter on the other side.
   */
  private static List<Piece> withMarksAtLetters(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.marks.isEmpty() || piece.isBreak() || piece.marks.contains(Mark.CODE)) {
        result.add(piece);
        continue;
      }
      String text = piece.text;
      int start = text.length() - stripLeading(text).length();
      if (start == 0 && isLetter(lastOf(result))) {
        while (start < text.length() && !isLetter(text.codePointAt(start))) {
          start += Character.charCount(text.codePointAt(start));
        }
      }
      int end = text.length();
      while (end > start && isSpace(text.charAt(end - 1))) {
        end--;
      }
      if (end == text.length() && i + 1 < pieces.size() && isLetter(firstOf(pieces.get(i + 1)))) {
        while (end > start && !isLetter(text.codePointBefore(end))) {
          end -= Character.charCount(text.codePointBefore(end));
        }
      }
      // What is taken out of a mark stays in those that go on on its other side.
      Set<Mark> before = result.isEmpty() ? Set.of() : result.getLast().marks;
      Set<Mark> after = i + 1 < pieces.size() ? pieces.get(i + 1).marks : Set.of();
      add(result, text.substring(0, start), common(piece.marks, before), piece.link);
      add(result, text.substring(start, end), piece.marks, piece.link);
      add(result, text.substring(end), common(piece.marks, after), piece.link);
    }
    return result;
  }

  private static void add(List<Piece> result, String text, Set<Mark> marks, String link) {
    if (!text.isEmpty()) {
      result.add(new Piece(text, marks, link));
    }
  }

  private static Set<Mark> common(Set<Mark> one, Set<Mark> other) {
    Set<Mark> both = EnumSet.noneOf(Mark.class);
    both.addAll(one);
    both.retainAll(other);
    both.remove(Mark.CODE);
    return both;
  }

  private static int lastOf(List<Piece> before) {
    return before.isEmpty()
        ? ' '
        : before.getLast().text.codePointBefore(before.getLast().text.length());
  }

  private static int firstOf(Piece piece) {
    return piece.text.codePointAt(0);
  }

  private static boolean isLetter(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static void appendRuns(Node parent, List<Piece> pieces, boolean inCell) {
    appendRuns(parent, pieces, EnumSet.noneOf(Mark.class), "", inCell);
  }

  /** Opens the link or mark that goes on for longest first, so that they nest; links stay whole. */
  private static void appendRuns(
      Node parent, List<Piece> pieces, Set<Mark> open, String openLink, boolean inCell) {
    int at = 0;
    while (at < pieces.size()) {
      Piece piece = pieces.get(at);
      Mark longest = null;
      int longestEnd = at;
      for (Mark mark : List.of(Mark.ITALIC, Mark.BOLD, Mark.STRIKE)) {
        int end = open.contains(mark) ? at : endOf(mark, pieces, at, openLink);
        if (end > longestEnd) {
          longest = mark;
          longestEnd = end;
        }
      }
      int linkEnd = endOfLink(pieces, at);
      boolean isLink =
          !piece.link.isEmpty()
              && !piece.link.equals(openLink)
              && linkEnd >= longestEnd
              && !pieces.subList(at, linkEnd).stream().allMatch(one -> one.text.isBlank());
      if (isLink) {
        Link link = new Link(piece.link, null);
        appendRuns(link, pieces.subList(at, linkEnd), open, piece.link, inCell);
        parent.appendChild(link);
        at = linkEnd;
        continue;
      }
      if (longest == null) {
        appendPlain(parent, piece, inCell);
        at++;
        continue;
      }
      Node node =
          switch (longest) {
            case BOLD -> new StrongEmphasis("**");
            case ITALIC -> new Emphasis("*");
            default -> new Strikethrough("~~");
          };
      Set<Mark> within = EnumSet.of(longest);
      within.addAll(open);
      appendRuns(node, pieces.subList(at, longestEnd), within, openLink, inCell);
      parent.appendChild(node);
      at = longestEnd;
    }
  }

  /** Where a mark ends, or where the link begins in which it does. */
  private static int endOf(Mark mark, List<Piece> pieces, int from, String openLink) {
    int end = from;
    while (end < pieces.size()) {
      int next = pieces.get(end).link.equals(openLink) ? end + 1 : endOfLink(pieces, end);
      if (!pieces.subList(end, next).stream().allMatch(one -> one.marks.contains(mark))) {
        return end;
      }
      end = next;
    }
    return end;
  }

  /** Where the link of a piece ends; just behind it, where it has none. */
  private static int endOfLink(List<Piece> pieces, int from) {
    String link = pieces.get(from).link;
    int end = from + 1;
    while (!link.isEmpty() && end < pieces.size() && pieces.get(end).link.equals(link)) {
      end++;
    }
    return end;
  }

  private static void appendPlain(Node parent, Piece piece, boolean inCell) {
    if (piece.isBreak()) {
      if (inCell) {
        HtmlInline line = new HtmlInline();
        line.setLiteral("<br>");
        parent.appendChild(line);
      } else {
        parent.appendChild(new HardLineBreak());
      }
    } else if (piece.marks.contains(Mark.CODE) && !piece.text.isBlank()) {
      parent.appendChild(new Code(piece.text));
    } else {
      Node last = parent.getLastChild();
      boolean isLineStart = last == null || last instanceof HardLineBreak;
      if (isLineStart && BLOCK_SIGN.matcher(piece.text).matches()) {
        boolean isNumber = Character.isDigit(piece.text.charAt(0));
        int at = isNumber ? piece.text.stripTrailing().length() - 1 : 0;
        parent.appendChild(
            new Verbatim(piece.text.substring(0, at) + "\\" + piece.text.charAt(at)));
        appendText(parent, piece.text.substring(at + 1));
      } else {
        appendText(parent, piece.text);
      }
    }
  }

  private static void appendText(Node parent, String text) {
    Matcher matcher = AS_IT_IS.matcher(text);
    int at = 0;
    while (matcher.find()) {
      if (matcher.start() > at) {
        parent.appendChild(new Text(text.substring(at, matcher.start())));
      }
      parent.appendChild(new Verbatim(matcher.group()));
      at = matcher.end();
    }
    if (at < text.length()) {
      parent.appendChild(new Text(text.substring(at)));
    }
  }

  /** Whether a link may be followed: none that runs something or reads a file. */
  static boolean isSafe(String link) {
    return !safe(link.toLowerCase(Locale.ROOT)).isEmpty();
  }
}
