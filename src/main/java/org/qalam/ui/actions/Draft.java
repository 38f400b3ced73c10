package org.qalam.ui.actions;

import java.util.Optional;
import org.qalam.assist.ActionSheet;

/**
 * An action's file while it is being changed.
 *
 * @param id the action's; of one that has no file yet a slash and a number, which no file is called
 * @param base the file as it was read or saved last; empty where there is none
 * @param text as it is to be
 * @param asText whether it is shown as text although it could be shown as a form
 */
record Draft(String id, String base, String text, boolean asText) {
  private static final String UNNAMED = "/";

  /** A new action. */
  static Draft unnamed(int number, String text) {
    return new Draft(unnamedId(number), "", text, false);
  }

  static String unnamedId(int number) {
    return UNNAMED + number;
  }

  /** Whether there is a file of it. */
  boolean hasFile() {
    return !id.startsWith(UNNAMED);
  }

  boolean isChanged() {
    return !text.equals(base);
  }

  Draft with(String changed) {
    return new Draft(id, base, changed, asText);
  }

  Draft shownAsText(boolean on) {
    return new Draft(id, base, text, on);
  }

  /** Whether it is shown as a form. */
  boolean isForm() {
    return !asText && canBeForm();
  }

  /** Whether it could be shown as a form. */
  boolean canBeForm() {
    return ActionSheet.of(text).isPresent();
  }

  /** What the form shows; empty where only the text can be shown. */
  Optional<ActionSheet> sheet() {
    return asText ? Optional.empty() : ActionSheet.of(text);
  }
}
