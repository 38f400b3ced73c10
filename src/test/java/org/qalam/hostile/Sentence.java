package org.qalam.hostile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a message for people must be: one line of a readable length, no text of Java's own. */
final class Sentence {
  private static final Pattern RAW =
      Pattern.compile(
          "java\\.|javax\\.|jdk\\.|org\\.qalam\\.|com\\.fasterxml|\tat |\\p{Cntrl}"
              + "|(?<!')\\bnull\\b(?!')|\\bout of bounds for length\\b"
              + "|\\b[A-Z][A-Za-z]+Exception\\b"
              + "|(?:OutOfMemory|StackOverflow|Internal|Assertion)Error");
  private static final int LONGEST = 700;

  private Sentence() {}

  /** What is wrong with a message; empty where nothing is. */
  static String fault(@Nullable String message) {
    if (message == null || message.length() < 15) {
      return "no sentence";
    }
    if (message.length() > LONGEST) {
      return "a message of " + message.length() + " characters";
    }
    return RAW.matcher(message).find() ? "no text for people" : "";
  }
}
