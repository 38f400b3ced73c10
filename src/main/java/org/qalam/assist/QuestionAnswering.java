package org.qalam.assist;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.qalam.task.CancellationToken;

/**
 * Answers questions about a text, or about all notes, from passages, with the model that was chosen
 * at the {@link Assistant}. Returns at once, from any thread.
 */
public interface QuestionAnswering {
  /** What answers to questions are kept under; it is no action of the panel's. */
  Action ASK = named("ask", "mdi2c-comment-question-outline", true);

  /** The same of questions about all notes. */
  Action ASK_NOTES = named("ask-notes", "mdi2t-text-box-search-outline", false);

  private static Action named(String id, String icon, boolean needsText) {
    return new Action(
        id,
        "",
        icon,
        Action.Kind.UNDERSTAND,
        Action.Result.PANEL,
        Action.Shape.OTHER,
        new Action.Needs(true, needsText, false, false),
        "");
  }

  /**
   * Looks for passages that have the question's words, and has the model answer from these alone.
   * Where there are none, the model is not asked, and the answer's text is empty.
   *
   * <p>The future fails with {@link AssistException}, whose message is one sentence for people.
   * {@code phases} is called on the engine's thread and must return quickly. After {@code
   * cancellation} the future completes within one token with what was written so far.
   */
  CompletableFuture<CitedAnswer> ask(
      Question question, Consumer<Phase> phases, CancellationToken cancellation);

  /**
   * Has the model answer from passages of many notes; the rest is as with one text. Each source
   * names its note.
   */
  CompletableFuture<CitedAnswer> ask(
      NotesQuestion question, Consumer<Phase> phases, CancellationToken cancellation);
}
