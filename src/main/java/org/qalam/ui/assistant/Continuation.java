package org.qalam.ui.assistant;

import org.qalam.assist.Action;
import org.qalam.document.TextRange;

/**
 * How an answer is put after a passage.
 *
 * @param inline whether it goes on in the same paragraph
 */
record Continuation(String text, boolean inline) {
  private static final String SENTENCE_ENDS = ".!?…:؟。";
  private static final String CLOSERS = "\"'”’»)]*_";

  /** An unfinished sentence goes on where it stands; all else becomes a paragraph of its own. */
  static Continuation of(Answer answer, String document, TextRange passage) {
    if (answer.passage().isBlank()) {
      return new Continuation(answer.bare(), true);
    }
    String before = passage.of(document);
    if (answer.action().result() != Action.Result.INSERT || endsSentence(before)) {
      return new Continuation(answer.text(), false);
    }
    boolean spaced =
        before.isEmpty()
            || Character.isWhitespace(before.charAt(before.length() - 1))
            || answer.text().isEmpty()
            || !Character.isLetterOrDigit(answer.text().codePointAt(0));
    return new Continuation(spaced ? answer.text() : " " + answer.text(), true);
  }

  private static boolean endsSentence(String text) {
    int end = text.length();
    while (end > 0
        && (CLOSERS.indexOf(text.charAt(end - 1)) >= 0
            || Character.isWhitespace(text.charAt(end - 1)))) {
      end--;
    }
    return end > 0 && SENTENCE_ENDS.indexOf(text.charAt(end - 1)) >= 0;
  }
}
