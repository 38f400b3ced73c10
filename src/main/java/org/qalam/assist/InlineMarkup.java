package org.qalam.assist;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.qalam.document.TextRange;

/**
 * Emphasis and links of a piece of Markdown, taken off before a model sees it and put on again
 * where their words are in the answer: a small model forgets an asterisk and mangles an address.
 * Code stays in the piece. Belongs to no thread.
 */
final class InlineMarkup {
  /** Code, which stays; a link; emphasis at the edges of words. */
  private static final Pattern MARKED =
      Pattern.compile(
          "(?<code>`+[^`\\n]+`+|!\\[[^\\]\\n]*]\\([^()\\s]*\\))"
              + "|(?<link>\\[(?<label>[^\\[\\]\\n]+)](?<address>\\([^()\\s]+\\)))"
              + "|(?<![\\p{L}\\p{Nd}*_\\\\])(?<sign>\\*{1,3}|_{1,3}|~~)(?=\\S)"
              + "(?<words>(?:(?!\\k<sign>)[^\\n])+?)(?<=\\S)\\k<sign>(?![\\p{L}\\p{Nd}*_])");

  private static final Pattern TOKEN =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{N}]+(?:['’\\-][\\p{L}\\p{M}\\p{N}]+)*|\\s+|.", Pattern.DOTALL);

  /** Of one kind, beside each other. */
  private static final int MOST_SIGNS = 3;

  private final String markdown;
  private final String plain;
  private final List<Span> spans;

  /** What stands before and behind some words, and where these are in the plain text. */
  private record Span(String open, String close, TextRange words) {}

  private InlineMarkup(String markdown, String plain, List<Span> spans) {
    this.markdown = markdown;
    this.plain = plain;
    this.spans = List.copyOf(spans);
  }

  static InlineMarkup of(String markdown) {
    StringBuilder plain = new StringBuilder();
    List<Span> spans = new ArrayList<>();
    read(markdown, plain, spans);
    return new InlineMarkup(markdown, plain.toString(), spans);
  }

  /** A text of which nothing is taken off. */
  static InlineMarkup none(String text) {
    return new InlineMarkup(text, text, List.of());
  }

  private static void read(String markdown, StringBuilder plain, List<Span> spans) {
    Matcher marked = MARKED.matcher(markdown);
    int done = 0;
    while (marked.find()) {
      plain.append(markdown, done, marked.start());
      done = marked.end();
      if (marked.group("code") != null) {
        plain.append(marked.group());
        continue;
      }
      boolean isLink = marked.group("link") != null;
      int at = spans.size();
      int start = plain.length();
      read(marked.group(isLink ? "label" : "words"), plain, spans);
      // The outer ones first.
      spans.add(
          at,
          new Span(
              isLink ? "[" : marked.group("sign"),
              isLink ? "]" + marked.group("address") : marked.group("sign"),
              new TextRange(start, plain.length())));
    }
    plain.append(markdown, done, markdown.length());
  }

  /** The text without emphasis and the addresses of its links. */
  String plain() {
    return plain;
  }

  /**
   * An answer to {@link #plain()} with the emphasis and the links of the original, as far as their
   * words are in it; signs of its own go.
   */
  String restored(String answer) {
    if (answer.equals(plain)) {
      return markdown;
    }
    if (spans.isEmpty()) {
      return answer;
    }
    String words = of(answer).plain;
    Alignment alignment = new Alignment(plain, words);
    List<Span> placed = new ArrayList<>();
    for (Span span : spans) {
      alignment
          .place(span.words)
          .or(() -> only(span.words.of(plain), words))
          .map(place -> new Span(span.open, span.close, place))
          .filter(found -> fits(found.words, placed) && isApart(found, placed))
          .ifPresent(placed::add);
    }
    return written(words, placed);
  }

  /** Where these words are, if they are there once. */
  private static Optional<TextRange> only(String words, String text) {
    List<MatchResult> found =
        Pattern.compile(
                "(?<![\\p{L}\\p{M}\\p{N}])" + Pattern.quote(words) + "(?![\\p{L}\\p{M}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
            .matcher(text)
            .results()
            .limit(2)
            .toList();
    return found.size() == 1
        ? Optional.of(new TextRange(found.getFirst().start(), found.getFirst().end()))
        : Optional.empty();
  }

  /** Whether a place is beside or within each of the others. */
  private static boolean fits(TextRange place, List<Span> placed) {
    return placed.stream()
        .map(Span::words)
        .allMatch(other ->
            place.end() <= other.start()
                || place.start() >= other.end()
                || (place.start() >= other.start() && place.end() <= other.end()));
  }

  /** Whether its signs do not run together with others into more than any emphasis has. */
  private static boolean isApart(Span one, List<Span> placed) {
    return Stream.of(one.words.start(), one.words.end())
        .allMatch(at ->
            placed.stream()
                    .filter(other -> other.words.start() == at || other.words.end() == at)
                    .filter(other -> other.open.charAt(0) == one.open.charAt(0))
                    .mapToInt(other -> other.open.length())
                    .sum()
                <= MOST_SIGNS - one.open.length());
  }

  private static String written(String words, List<Span> placed) {
    List<Span> ordered = new ArrayList<>(placed);
    ordered.sort(
        Comparator.comparingInt((Span span) -> span.words.start())
            .thenComparingInt(span -> -span.words.end()));
    StringBuilder text = new StringBuilder();
    List<Span> open = new ArrayList<>();
    int next = 0;
    for (int at = 0; at <= words.length(); at++) {
      while (!open.isEmpty() && open.getLast().words.end() == at) {
        text.append(open.removeLast().close);
      }
      while (next < ordered.size() && ordered.get(next).words.start() == at) {
        text.append(ordered.get(next).open);
        open.add(ordered.get(next++));
      }
      if (at < words.length()) {
        text.append(words.charAt(at));
      }
    }
    return text.toString();
  }

  /** Which words of one text stand for which of the other. */
  private static final class Alignment {
    private final List<Integer> from;
    private final List<Integer> to;
    private final List<String> tokens = new ArrayList<>();
    private final String text;
    private final List<AbstractDelta<String>> changes;

    Alignment(String original, String answer) {
      List<String> after = new ArrayList<>();
      from = starts(original, tokens);
      to = starts(answer, after);
      text = answer;
      changes = DiffUtils.diff(tokens, after).getDeltas();
    }

    /** The places where the tokens begin, and the text's end. */
    private static List<Integer> starts(String text, List<String> tokens) {
      List<Integer> starts = new ArrayList<>();
      Matcher token = TOKEN.matcher(text);
      while (token.find()) {
        starts.add(token.start());
        tokens.add(token.group());
      }
      starts.add(text.length());
      return starts;
    }

    /**
     * Where the words of a range are in the answer; empty where none is left of them, and what
     * stands beside them is not there either.
     */
    Optional<TextRange> place(TextRange words) {
      int first = from.indexOf(words.start());
      int last = from.indexOf(words.end());
      if (first < 0 || last < 0 || !(isKept(first, last) || isHeld(first, last))) {
        return Optional.empty();
      }
      int start = to.get(start(first));
      int end = to.get(end(last));
      while (start < end && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
      while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
      return start < end ? Optional.of(new TextRange(start, end)) : Optional.empty();
    }

    /** Whether a word between two places is in the answer too. */
    private boolean isKept(int first, int last) {
      for (int i = first; i < last; i++) {
        if (isWord(i) && isKept(i)) {
          return true;
        }
      }
      return false;
    }

    /** Whether the words on both sides are in the answer, or there are none. */
    private boolean isHeld(int first, int last) {
      int before = first - 1;
      while (before >= 0 && !isWord(before)) {
        before--;
      }
      int after = last;
      while (after < tokens.size() && !isWord(after)) {
        after++;
      }
      return (before < 0 || isKept(before)) && (after == tokens.size() || isKept(after));
    }

    private boolean isWord(int token) {
      return Character.isLetterOrDigit(tokens.get(token).codePointAt(0));
    }

    private boolean isKept(int token) {
      return changes.stream()
          .map(AbstractDelta::getSource)
          .noneMatch(
              gone -> gone.getPosition() <= token && token < gone.getPosition() + gone.size());
    }

    private int start(int token) {
      int moved = 0;
      for (AbstractDelta<String> change : changes) {
        int begin = change.getSource().getPosition();
        int size = change.getSource().size();
        if (begin == token && size > 0) {
          return change.getTarget().getPosition();
        }
        if (begin > token) {
          break;
        }
        if (begin + size > token) {
          return change.getTarget().getPosition() + change.getTarget().size();
        }
        moved += change.getTarget().size() - size;
      }
      return token + moved;
    }

    private int end(int token) {
      int moved = 0;
      for (AbstractDelta<String> change : changes) {
        int begin = change.getSource().getPosition();
        int size = change.getSource().size();
        if (begin >= token) {
          break;
        }
        if (begin + size > token) {
          return change.getTarget().getPosition();
        }
        moved += change.getTarget().size() - size;
      }
      return token + moved;
    }
  }
}
