package org.qalam.assist;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.document.Sentences;

/**
 * A piece whose lines a program broke at a width, as letters and plain text files have them: the
 * model gets it in one line, and the breaks come back where their words are in the answer. Belongs
 * to no thread.
 */
final class HardWrap {
  /** A line's end with the spaces and the signs of a quotation that begin the next one. */
  private static final Pattern BREAK = Pattern.compile("[ \\t\\r]*\\n[ \\t>]*");

  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern BEGINNING = Pattern.compile("[ \\t>]*");

  /** What begins another block than running text. */
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:[-*+]|\\p{Nd}{1,3}[.)])\\s.*|#{1,6}\\s.*|\\|.*|```.*|~~~.*|[=\\-*_]+\\s*");

  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  /** Where programs break lines, in characters; shorter or longer lines are a person's own. */
  private static final int NARROWEST = 45;

  private static final int WIDEST = 100;

  /** Of one paragraph: thousands of lines without a blank one are looked through once. */
  private static final int MOST_LINES = 100;

  /** Of an answer's words; with fewer of the piece's in it the lines are filled anew. */
  private static final double LEAST_KEPT = 0.5;

  private final String piece;
  private final String joined;
  private final List<MatchResult> breaks;

  private HardWrap(String piece, String joined, List<MatchResult> breaks) {
    this.piece = piece;
    this.joined = joined;
    this.breaks = breaks;
  }

  static HardWrap of(String piece) {
    return new HardWrap(
        piece, BREAK.matcher(piece).replaceAll(" "), BREAK.matcher(piece).results().toList());
  }

  /** A piece whose lines stay as they are. */
  static HardWrap none(String piece) {
    return new HardWrap(piece, piece, List.of());
  }

  /** The piece in one line. */
  String joined() {
    return joined;
  }

  /** The piece in one line with each of its characters in its place. */
  static String level(String piece) {
    return BREAK.matcher(piece).replaceAll(found -> " ".repeat(found.group().length()));
  }

  // ---- which lines belong together ----

  /**
   * How many lines from this one on are one paragraph that was broken at a width: 1 where the next
   * line stands for itself.
   *
   * @param from where the line's words begin, behind its marks
   */
  static int lines(List<String> lines, int first, int from) {
    String beginning = lines.get(first).substring(0, from);
    if (beginning.contains("#")
        || lines.get(first).startsWith("|", from)
        || !LETTER.matcher(lines.get(first).substring(from)).find()) {
      return 1;
    }
    boolean isItem = !BEGINNING.matcher(beginning).matches();
    int end = first + 1;
    int width = lines.get(first).stripTrailing().length();
    int most = Math.min(lines.size(), first + MOST_LINES);
    while (end < most && goesOn(lines.get(end), depth(beginning), isItem)) {
      width = Math.max(width, lines.get(end).stripTrailing().length());
      if (width > WIDEST || !isFull(lines.get(first), lines.get(first + 1), width)) {
        return 1;
      }
      end++;
    }
    if (width < NARROWEST) {
      return 1;
    }
    boolean isCertain = false;
    int last = first;
    while (last + 1 < end && isFull(lines.get(last), lines.get(last + 1), width)) {
      isCertain |= runsOn(lines.get(last), words(lines.get(last + 1)));
      last++;
    }
    return isCertain ? last + 1 - first : 1;
  }

  private static boolean goesOn(String line, int depth, boolean isItem) {
    String words = words(line);
    String beginning = line.substring(0, line.length() - words.length());
    return LETTER.matcher(words).find()
        && depth(beginning) == depth
        && (isItem || !(beginning.contains("\t") || beginning.contains("    ")))
        && !BLOCK.matcher(words).matches();
  }

  private static int depth(String beginning) {
    return (int) beginning.chars().filter(c -> c == '>').count();
  }

  private static String words(String line) {
    Matcher beginning = BEGINNING.matcher(line);
    return beginning.lookingAt() ? line.substring(beginning.end()) : line;
  }

  /** Whether the next line's first word had no room on this one. */
  private static boolean isFull(String line, String next, int width) {
    boolean isMeant = line.endsWith("  ") || line.endsWith("\\"); // Markdown's line break
    Matcher word = WORD.matcher(words(next));
    return !isMeant
        && word.find()
        && line.stripTrailing().length() + 1 + word.end() - word.start() > width;
  }

  /** Whether a sentence goes on from one line to the next. */
  private static boolean runsOn(String line, String next) {
    int letter = next.codePointAt(0);
    boolean isBegin = Character.isUpperCase(letter) || !Character.isLetter(letter);
    return !Sentences.ends(line) && !line.stripTrailing().endsWith(":") && !isBegin;
  }

  // ---- the answer's lines ----

  /** An answer to {@link #joined()} in lines as the piece had them. */
  String restored(String answer) {
    if (breaks.isEmpty() || answer.equals(joined) || answer.indexOf('\n') >= 0) {
      return answer.equals(joined) ? piece : answer;
    }
    List<MatchResult> from = WORD.matcher(joined).results().toList();
    List<MatchResult> to = WORD.matcher(answer).results().toList();
    List<String> before = from.stream().map(MatchResult::group).toList();
    List<String> after = to.stream().map(MatchResult::group).toList();
    List<AbstractDelta<String>> changes = DiffUtils.diff(before, after).getDeltas();
    int gone = changes.stream().mapToInt(change -> change.getSource().size()).sum();
    return before.size() - gone < LEAST_KEPT * before.size()
        ? filled(answer, to)
        : aligned(answer, to, changes);
  }

  /** Each break stands before the word that it stood before. */
  private String aligned(
      String answer, List<MatchResult> words, List<AbstractDelta<String>> changes) {
    StringBuilder text = new StringBuilder();
    int done = 0;
    int before = 0;
    for (MatchResult found : breaks) {
      String until = BREAK.matcher(piece.substring(0, found.start())).replaceAll(" ");
      int at = placed((int) WORD.matcher(until).results().count(), changes);
      if (at > before && at < words.size()) {
        text.append(answer, done, words.get(at - 1).end()).append(found.group());
        done = words.get(at).start();
        before = at;
      }
    }
    return text.append(answer.substring(done)).toString();
  }

  /** The number of the answer's word that stands for a word of the piece. */
  private static int placed(int word, List<AbstractDelta<String>> changes) {
    int moved = 0;
    for (AbstractDelta<String> change : changes) {
      int start = change.getSource().getPosition();
      int size = change.getSource().size();
      if (start > word || (start == word && size == 0)) {
        break;
      }
      if (word < start + size) {
        int share = Math.round((float) (word - start) * change.getTarget().size() / size);
        return change.getTarget().getPosition() + share;
      }
      moved += change.getTarget().size() - size;
    }
    return word + moved;
  }

  /** Lines as long as the piece's longest. */
  private String filled(String answer, List<MatchResult> words) {
    int width = piece.lines().mapToInt(String::length).max().orElse(WIDEST);
    String next = breaks.getFirst().group();
    int indent = next.length() - next.indexOf('\n') - 1;
    StringBuilder text = new StringBuilder();
    int line = 0;
    int done = 0;
    for (MatchResult word : words) {
      int length = word.end() - word.start();
      if (line > 0 && line + word.start() - done + length > width) {
        text.append(next);
        line = indent;
      } else {
        text.append(answer, done, word.start());
        line += word.start() - done;
      }
      text.append(word.group());
      line += length;
      done = word.end();
    }
    return text.append(answer.substring(done)).toString();
  }
}
