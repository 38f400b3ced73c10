package org.qalam.ui.assistant;

import java.util.Optional;
import org.qalam.assist.Action;
import org.qalam.assist.AssistException;

/** What the panel shows. Every control's visibility follows from it. */
sealed interface PanelState {
  /** Whether it is about a request for this action, or an answer to one. */
  default boolean isAbout(Action action) {
    return false;
  }

  /** All model features are switched off. */
  record Off() implements PanelState {}

  /** There is no model on this machine yet. */
  record NoModel() implements PanelState {}

  /** Ready for a request. */
  record Idle() implements PanelState {}

  /**
   * A request is under way.
   *
   * @param instruction the writer's own words; empty for a fixed action
   * @param proposals how many were asked for; this is the first
   * @param review the changes that are certain already, where they are shown in the text
   */
  record Working(
      Action action,
      String instruction,
      Subject subject,
      int proposals,
      Work work,
      Pace pace,
      Optional<Review.State> review)
      implements PanelState {
    Working with(Work next) {
      return new Working(action, instruction, subject, proposals, next, pace, review);
    }

    Working with(Pace next) {
      return new Working(action, instruction, subject, proposals, work, next, review);
    }

    Working with(Optional<Review.State> next) {
      return new Working(action, instruction, subject, proposals, work, pace, next);
    }

    /** Whether it waits for the writer; a model that is being loaded is loaded first. */
    boolean isHeld() {
      return pace == Pace.PAUSED && work.step() != Work.Step.LOADING;
    }

    @Override
    public boolean isAbout(Action asked) {
      return action.equals(asked);
    }
  }

  /**
   * An answer waits for the writer's word.
   *
   * @param confirming whether the writer has taken the answer once although its passage has changed
   *     since or a check failed
   * @param review its single changes, where they are shown in the text
   * @param variants which of the versions at hand it is
   */
  record Proposed(
      Answer answer, Fit fit, boolean confirming, Optional<Review.State> review, Variants variants)
      implements PanelState {
    @Override
    public boolean isAbout(Action asked) {
      return answer.action().equals(asked);
    }
  }

  /** A request failed; the sentence says why and what to do; empty for the unexpected. */
  record Failed(Action action, String instruction, AssistException.Reason reason, String sentence)
      implements PanelState {}

  /**
   * Versions of an answer that can be stepped through.
   *
   * @param number of the one that is shown, counted from 1
   * @param missing what became of those that were asked for and are not among them
   */
  record Variants(int number, int all, Missing missing) {}

  /**
   * Proposals that were asked for and are not shown.
   *
   * @param equal so many are the same as another one
   * @param empty so many have no text
   * @param failure why the rest could not be made: a sentence, empty for the unexpected
   */
  record Missing(int equal, int empty, Optional<String> failure) {
    static final Missing NONE = new Missing(0, 0, Optional.empty());

    Missing oneMoreEqual() {
      return new Missing(equal + 1, empty, failure);
    }

    Missing oneMoreEmpty() {
      return new Missing(equal, empty + 1, failure);
    }

    Missing failed(String sentence) {
      return new Missing(equal, empty, Optional.of(sentence));
    }
  }

  /** How a request goes on. */
  enum Pace {
    RUNNING,
    /** Pause was pressed. */
    PAUSED,
    /** Stop was pressed and the last token is being waited for. */
    STOPPING
  }

  /** How an answer fits the open text now. */
  enum Fit {
    /** Its passage is there, unchanged. */
    SAME,
    /** The writer has changed the passage since. */
    CHANGED,
    /** Its passage is no longer in the text. */
    GONE,
    /** Another document is open. */
    OTHER_DOCUMENT
  }
}
