package org.qalam.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

/**
 * An answer to a question about a text, or about all notes. Its sentences end in the numbers of the
 * passages that say the same, such as {@code [2]}: plain code puts them there, whatever the model
 * wrote.
 *
 * @param proposal the answer; the text of its request is the passages as {@link #written} writes
 *     them
 * @param sources the passages that the model read: a text's in its order, those of notes the best
 *     note first; none where nothing says anything about it, and then the model was not asked
 */
public record CitedAnswer(Proposal proposal, List<Source> sources) {
  public CitedAnswer {
    sources = List.copyOf(sources);
  }

  /**
   * A passage that may be cited.
   *
   * @param number as the answer cites it, from 1
   * @param range where it is in the text that was asked about, or in its note's
   * @param note that it is of; empty where one text was asked about
   */
  public record Source(int number, TextRange range, String text, Optional<Note> note) {
    /** Of the one text that was asked about. */
    public Source(int number, TextRange range, String text) {
      this(number, range, text, Optional.empty());
    }
  }

  /**
   * One of many notes.
   *
   * @param title as lists show it; may be empty
   */
  public record Note(DocumentId id, String title) {}

  private static final Pattern CITED = Pattern.compile("\\[([0-9]{1,2})]");

  private static final Pattern MARKS = Pattern.compile(" ?(?:\\[[0-9]{1,2}])+");

  /** Numbers of the sources that a text cites, each once, in the order of their first place. */
  public static List<Integer> cited(String answer) {
    return CITED
        .matcher(answer)
        .results()
        .map(number -> Integer.parseInt(number.group(1)))
        .distinct()
        .toList();
  }

  /** A text without its citations. */
  public static String uncited(String answer) {
    return MARKS.matcher(answer).replaceAll("");
  }

  /** The passages with their numbers, as the model reads them and the history keeps them. */
  static String written(List<Source> sources) {
    return sources.stream()
        .map(source ->
            "["
                + source.number()
                + "] "
                + source.note().map(CitedAnswer::line).orElse("")
                + marked(source.text()))
        .collect(Collectors.joining("\n\n"));
  }

  /** What the history keeps of a note, before the passage. */
  private static String line(Note note) {
    return note.id() + " " + note.title().replace('\n', ' ') + "\n";
  }

  /** A word joiner: no other line of a passage looks like the beginning of one. */
  private static final String JOINER = "\u2060";

  private static String marked(String passage) {
    return LINE.matcher(passage).replaceAll(JOINER + "$0");
  }

  private static final Pattern LINE = Pattern.compile("(?m)^\\[[0-9]{1,2}] ");

  /**
   * The passages out of what {@link #written} wrote.
   *
   * @param text in which they are looked for; one that is there no longer has an empty range at 0
   */
  public static List<Source> read(String written, String text) {
    List<Source> sources = new ArrayList<>();
    Matcher mark = Pattern.compile("(?:\\A|\\n\\n)\\[([0-9]{1,2})] ").matcher(written);
    int number = 0;
    int from = 0;
    while (mark.find()) {
      // A passage may have such a mark in it: the numbers go up by one.
      if (Integer.parseInt(mark.group(1)) == number + 1) {
        if (number > 0) {
          sources.add(found(number, written.substring(from, mark.start()), text));
        }
        number++;
        from = mark.end();
      }
    }
    if (number > 0) {
      sources.add(found(number, written.substring(from), text));
    }
    return List.copyOf(sources);
  }

  private static final Pattern NOTE =
      Pattern.compile("\\A([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (.*)\n");

  /**
   * The passages of notes out of what {@link #written} wrote, with their notes. Their ranges are
   * empty at 0: where they are is to be looked for in the note as it is now.
   */
  public static List<Source> readNotes(String written) {
    return read(written, "").stream().map(CitedAnswer::withNote).toList();
  }

  private static Source withNote(Source source) {
    Matcher line = NOTE.matcher(source.text());
    if (!line.find()) {
      return source;
    }
    Note note = new Note(new DocumentId(UUID.fromString(line.group(1))), line.group(2));
    String passage = source.text().substring(line.end());
    return new Source(source.number(), source.range(), passage, Optional.of(note));
  }

  private static Source found(int number, String written, String text) {
    String passage = written.replace(JOINER + "[", "[");
    int at = text.indexOf(passage);
    return new Source(
        number, at < 0 ? new TextRange(0, 0) : new TextRange(at, at + passage.length()), passage);
  }
}
