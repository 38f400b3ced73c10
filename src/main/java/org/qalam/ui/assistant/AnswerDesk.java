package org.qalam.ui.assistant;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.document.TextRange;
import org.qalam.task.UiThread;
import org.qalam.ui.assistant.PanelState.Fit;
import org.qalam.ui.assistant.PanelState.Proposed;

/**
 * The passage being worked on and the answer to it: what the writer may do with it now, and what is
 * then done to the text and noted in the history. Confined to the JavaFX thread.
 */
@UiThread
final class AnswerDesk {
  private final TextTarget target;
  private final Ledger ledger;
  private final Versions versions = new Versions();
  private final Consumer<Proposed> show;
  private final Executor soon;
  private @Nullable Passage passage;
  private TextRange selectedAtStart = new TextRange(0, 0);
  private @Nullable Proposed proposed;
  private @Nullable Review review;

  /** One whose changes are all on their way into the text. */
  private @Nullable Review accepting;

  /** Of the answer's sources the one that is shown in the text. */
  private @Nullable Passage pointed;

  /** Whether the passage at hand has been in the open text since it was asked about. */
  private boolean isFollowed;

  /** What came of the writer's word. */
  enum Outcome {
    REPLACED,
    INSERTED,
    /** There was nothing to take. */
    NOTHING,
    /** Nothing yet: the panel says why, or asks again. */
    ASKED
  }

  /**
   * @param show hears of the answer and of every change of what may be done with it
   * @param soon runs work on the JavaFX thread a moment later
   */
  AnswerDesk(TextTarget target, OutputHistory history, Consumer<Proposed> show, Executor soon) {
    this.soon = soon;
    this.target = target;
    this.ledger = new Ledger(history);
    this.show = show;
  }

  /** Follows and marks this passage, in place of what was here. */
  Passage work(TextRange range) {
    Passage next = new Passage(target, range);
    clear();
    passage = next;
    isFollowed = true;
    selectedAtStart = target.selection().getValue();
    next.highlight();
    return next;
  }

  /** The same for another version of the answer; those that are there stay at hand. */
  Passage workAgain(TextRange range) {
    List<Answer> kept = versions.all();
    Passage next = work(range);
    kept.forEach(versions::add);
    return next;
  }

  /**
   * The answer for the passage at hand is being written.
   *
   * @param soFar gives it as far as it has come
   */
  void expect(Supplier<Output> soFar) {
    ledger.expect(soFar);
  }

  /** Whether this is still the passage at hand. */
  boolean isAbout(Passage asked) {
    return asked.equals(passage);
  }

  /** Lets go of passage and answer. */
  void clear() {
    endReview();
    endPointing();
    ledger.forget();
    proposed = null;
    versions.clear();
    Passage last = passage;
    passage = null;
    if (last != null) {
      last.close();
    }
  }

  /**
   * Shows changes of an answer that goes on being written, unless a check of theirs failed: these
   * wait for its end and its findings. What the writer has rewritten meanwhile is left alone.
   */
  void grow(Passage asked, String original, GrowingEdits.Part part) {
    if (passage == null || !isAbout(asked) || proposed != null || !isFollowed) {
      return;
    }
    // What is accepted before it moves the rest of the passage.
    int start = passage.range().end() - original.length() + part.range().start();
    if (part.edits().isEmpty()
        || start < passage.range().start()
        || !target.text().startsWith(part.range().of(original), start)) {
      return;
    }
    Review growing = review == null ? new Review(target) : review;
    if (review == null) {
      passage.unmark();
    }
    review = growing;
    growing.add(start - part.range().start(), part.edits(), part.isSound());
    growing.refresh();
  }

  /** How the review stands; empty where there is none. */
  Optional<Review.State> reviewState() {
    return Optional.ofNullable(review).map(Review::state);
  }

  /** Shows a new answer to the passage at hand, as the last of its versions. */
  Outcome add(Answer answer) {
    versions.add(answer);
    return present(answer);
  }

  /** Adds another proposal for the passage at hand behind the one that is shown. */
  void addBehind(Answer answer) {
    boolean _ = versions.addBehind(answer);
    showAgain();
  }

  /** A proposal that was asked for does not come; the sentence is empty for the unexpected. */
  void fail(String sentence) {
    versions.fail(sentence);
    showAgain();
  }

  private void showAgain() {
    if (proposed != null) {
      show(proposed.answer(), proposed.fit(), proposed.confirming());
    }
  }

  /** Whether another proposal for this passage would still be one: nothing is done with it yet. */
  boolean awaitsMore(Passage asked) {
    return isAbout(asked)
        && proposed != null
        && (proposed.fit() == Fit.OTHER_DOCUMENT || asked.isUnchanged());
  }

  /**
   * No other version came after all: shows the last one that there is.
   *
   * @return whether there is one
   */
  boolean showLast() {
    if (versions.isEmpty()) {
      return false;
    }
    Outcome _ = present(versions.last());
    return true;
  }

  /** Shows the next version, or with -1 the one before; round the ends. */
  Outcome step(int by) {
    if (proposed == null || versions.size() < 2) {
      return Outcome.ASKED;
    }
    endReview();
    versions.update(proposed.answer());
    return present(versions.step(by));
  }

  /**
   * Shows the answer to the passage at hand; it may be settled, if all was decided on meanwhile.
   */
  private Outcome present(Answer answer) {
    follow(answer);
    Review grown = review;
    if (grown != null && (!answer.isReviewable() || grown.isEmpty())) {
      endReview();
    } else if (grown != null) {
      grown.release();
      show(answer, Fit.SAME, false);
      return settle(answer, grown);
    }
    Fit fit = fit(answer);
    if (passage != null && fit == Fit.SAME && answer.isReviewable()) {
      passage.unmark();
      Review begun = new Review(target, passage.range().start(), answer.edits());
      review = begun;
      soon.execute(() -> begin(begun));
    }
    show(answer, fit, false);
    return Outcome.ASKED;
  }

  /** What belongs to no document goes into the one that is open, at the caret. */
  private void follow(Answer answer) {
    if (answer.isFromNotes()
        && passage != null
        && target.document().getValue().isPresent()
        && !passage.isUnchanged()) {
      passage.move(new TextRange(caret(), caret()));
    }
  }

  /** The card was shown; marks and bar come with a later picture, as both at once take too long. */
  private void begin(Review begun) {
    if (begun.equals(review) && proposed != null) {
      begun.begin(target.selection().getValue().equals(selectedAtStart));
      show(proposed.answer(), Fit.SAME, proposed.confirming());
    }
  }

  private void endReview() {
    Review ended = review;
    if (ended != null && ended.equals(accepting)) {
      accepting = null;
      ledger.hear(ended.choices());
    }
    if (proposed != null) {
      ledger.attribute(proposed.answer());
    }
    review = null;
    if (ended != null) {
      ended.close();
    }
  }

  /** A word of the writer's on single changes. */
  enum Word {
    ACCEPT,
    REJECT,
    NEXT,
    PREVIOUS
  }

  /** Does to the current change what the writer says; nothing where no change is open. */
  Outcome review(Word word) {
    if (review == null) {
      return Outcome.ASKED;
    }
    if (word == Word.ACCEPT && proposed != null && proposed.answer().isOneRewriting()) {
      return acceptWhole();
    }
    if (word == Word.ACCEPT && asksAgain()) {
      return Outcome.ASKED;
    }
    switch (word) {
      case ACCEPT -> review.accept();
      case REJECT -> review.reject();
      case NEXT -> review.go(1);
      case PREVIOUS -> review.go(-1);
    }
    ledger.hear(review.choices());
    return proposed == null ? Outcome.ASKED : settle(proposed.answer(), review);
  }

  /** A review in which nothing is open is over. */
  private Outcome settle(Answer answer, Review going) {
    Review.State state = going.state();
    if (state.open() > 0) {
      show(answer, Fit.SAME, false);
      return Outcome.ASKED;
    }
    if (state.accepted() == 0) {
      return Outcome.NOTHING;
    }
    note(answer, Output.Fate.REPLACED);
    return Outcome.REPLACED;
  }

  /** Shows an earlier answer, for its passage where that can be found. */
  void reopen(Answer answer) {
    clear();
    Passage found = new Passage(target, new TextRange(caret(), caret()));
    passage = found;
    selectedAtStart = target.selection().getValue();
    found.find(answer.passage());
    found.highlight();
    Outcome _ = add(answer);
  }

  private void show(Answer answer, Fit fit, boolean confirming) {
    Optional<Review.State> state = reviewState();
    boolean isDecidedThere =
        state.filter(now -> now.open() > 0 || !answer.isOneRewriting()).isPresent();
    proposed =
        new Proposed(answer, isDecidedThere ? Fit.SAME : fit, confirming, state, versions.place());
    ledger.attribute(answer);
    show.accept(proposed);
  }

  /**
   * Takes the answer where its action means it to go.
   *
   * @param then hears what came of it, a little later where hundreds of changes come into the text
   */
  void accept(Consumer<Outcome> then) {
    if (review != null && (proposed == null || !proposed.answer().isOneRewriting())) {
      acceptAll(review, then);
    } else {
      then.accept(acceptWhole());
    }
  }

  private Outcome acceptWhole() {
    if (proposed == null || passage == null) {
      return Outcome.ASKED;
    }
    Answer answer = proposed.answer();
    if (answer.isUnchanged() || answer.text().isBlank()) {
      return Outcome.NOTHING;
    }
    Fit fit = fit(answer);
    if (fit == Fit.GONE || !answer.replaces()) {
      return insertBelow();
    }
    boolean needsSecondWord = fit == Fit.CHANGED || answer.stopped() || answer.isDubious();
    if (fit == Fit.OTHER_DOCUMENT || (needsSecondWord && !proposed.confirming())) {
      show(answer, fit, fit != Fit.OTHER_DOCUMENT);
      return Outcome.ASKED;
    }
    endReview();
    target.replace(passage.anchor(), answer.text());
    note(answer, Output.Fate.REPLACED);
    return Outcome.REPLACED;
  }

  /**
   * Whether words of the model's own are about to come into the text although a check failed; then
   * the panel says so, and the writer is asked once more.
   */
  private boolean asksAgain() {
    if (proposed == null
        || proposed.confirming()
        || !proposed.answer().diff().isMostlyChanged()
        || !proposed.answer().isDoubtful()) {
      return false;
    }
    show(proposed.answer(), Fit.SAME, true);
    return true;
  }

  private void acceptAll(Review going, Consumer<Outcome> then) {
    if (!going.state().acceptsAll()) {
      then.accept(proposed == null ? Outcome.ASKED : Outcome.NOTHING);
    } else if (asksAgain()) {
      then.accept(Outcome.ASKED);
    } else {
      accepting = going;
      going.acceptAll(() -> {
        accepting = null;
        ledger.hear(going.choices());
        then.accept(proposed == null ? Outcome.ASKED : settle(proposed.answer(), going));
      });
    }
  }

  /** Inserts the answer after its passage, or at the caret's paragraph where that is gone. */
  Outcome insertBelow() {
    if (proposed == null || passage == null || proposed.answer().text().isBlank()) {
      return Outcome.ASKED;
    }
    Answer answer = proposed.answer();
    Fit fit = fit(answer);
    if (fit == Fit.OTHER_DOCUMENT) {
      show(answer, fit, false);
      return Outcome.ASKED;
    }
    follow(answer);
    if (fit == Fit.GONE) {
      int end = Subject.endOfParagraph(target.text(), caret());
      passage.move(new TextRange(end, end));
    }
    Continuation continuation = Continuation.of(answer, target.text(), passage.range());
    target.insertAfter(passage.anchor(), continuation.text(), continuation.inline());
    note(answer, Output.Fate.INSERTED);
    return Outcome.INSERTED;
  }

  /** Notes that the answer was copied; it stays. */
  void copied() {
    if (proposed != null) {
      Answer answer = note(proposed.answer(), Output.Fate.COPIED);
      show(answer, proposed.fit(), proposed.confirming());
    }
  }

  /** Notes that the writer did not want the answer, unless something was done with it before. */
  void discard() {
    if (proposed != null) {
      if (review != null && review.state().accepted() > 0) {
        Answer _ = note(proposed.answer(), Output.Fate.REPLACED);
        return;
      }
      Output.Fate fate = proposed.answer().fate();
      if (fate == Output.Fate.PENDING || fate == Output.Fate.STOPPED) {
        Answer _ = note(proposed.answer(), Output.Fate.DISCARDED);
      }
    }
  }

  /** Where the passage is for another request; empty where it is not in the open text. */
  Optional<TextRange> place() {
    if (proposed == null || passage == null) {
      return Optional.empty();
    }
    Answer answer = proposed.answer();
    Fit fit = fit(answer);
    if (fit == Fit.GONE || fit == Fit.OTHER_DOCUMENT) {
      show(answer, fit, false);
      return Optional.empty();
    }
    return Optional.of(passage.range());
  }

  /** Shows a passage that the answer cites, and marks it until another one or none is shown. */
  boolean point(String passage) {
    endPointing();
    int start = target.text().indexOf(passage);
    if (start < 0 || passage.isEmpty()) {
      return false;
    }
    Passage shown = new Passage(target, new TextRange(start, start + passage.length()));
    shown.highlight();
    target.reveal(shown.anchor());
    pointed = shown;
    return true;
  }

  private void endPointing() {
    Passage last = pointed;
    pointed = null;
    if (last != null) {
      last.close();
    }
  }

  /** Whether these characters are in the passage. */
  boolean isWithin(TextRange range) {
    return passage != null
        && passage.range().start() <= range.start()
        && passage.range().end() >= range.end();
  }

  /** Notes that the writer wanted another version of the answer. */
  void retried() {
    if (proposed != null) {
      versions.update(note(proposed.answer(), Output.Fate.RETRIED));
    }
  }

  /** Another document is open: an answer may have found its passage again, or lost it. */
  void documentOpened(Optional<DocumentId> document) {
    endPointing();
    if (proposed == null) {
      isFollowed = false;
      endReview();
    }
    if (proposed != null && passage != null) {
      Answer answer = proposed.answer();
      endReview();
      if (document.equals(answer.document()) && !passage.isUnchanged()) {
        passage.find(answer.passage());
      }
      Outcome _ = present(answer);
    }
  }

  /** The text has changed. */
  void refit() {
    if (review != null) {
      review.refresh();
      ledger.hear(review.choices());
      if (proposed != null && !reviewState().equals(proposed.review())) {
        show(proposed.answer(), fit(proposed.answer()), false);
      }
    } else if (proposed != null && fit(proposed.answer()) != proposed.fit()) {
      Outcome _ = present(proposed.answer());
    }
  }

  private Fit fit(Answer answer) {
    if (answer.isFromNotes()) {
      return target.document().getValue().isPresent() ? Fit.SAME : Fit.OTHER_DOCUMENT;
    }
    if (!target.document().getValue().equals(answer.document())) {
      return Fit.OTHER_DOCUMENT;
    }
    if (passage == null || passage.isLost()) {
      return Fit.GONE;
    }
    boolean isSame =
        passage.isUnchanged()
            && (!answer.replaces() || answer.original().equals(passage.range().of(target.text())));
    return isSame ? Fit.SAME : Fit.CHANGED;
  }

  /** In a review the changes that were taken are decisions of their own. */
  private Answer note(Answer answer, Output.Fate fate) {
    boolean isWhole = review == null || fate != Output.Fate.REPLACED;
    return ledger.note(answer, fate, isWhole);
  }

  private int caret() {
    return Math.min(target.selection().getValue().end(), target.text().length());
  }
}
