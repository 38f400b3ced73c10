package org.qalam.assist;

/**
 * How an answer is to differ from its text, in the terms of the Writing Assistance APIs of the W3C
 * (https://webmachinelearning.github.io/writing-assistance-apis/).
 *
 * @param summary which kind of summary it is, if any
 */
record Style(Tone tone, Length length, Summary summary) {
  /** Neither another tone nor another length. */
  static final Style AS_IS = new Style(Tone.AS_IS, Length.AS_IS, Summary.NONE);

  /** {@code RewriterTone}. */
  enum Tone {
    AS_IS(""),
    MORE_FORMAL("Write more formally than the text."),
    MORE_CASUAL("Write more casually than the text.");

    private final String rule;

    Tone(String rule) {
      this.rule = rule;
    }
  }

  /** {@code RewriterLength}. */
  enum Length {
    AS_IS(""),
    SHORTER("Write less than the text."),
    LONGER("Write more than the text.");

    private final String rule;

    Length(String rule) {
      this.rule = rule;
    }
  }

  /** {@code SummarizerType}. */
  enum Summary {
    NONE,
    TLDR,
    KEY_POINTS,
    HEADLINE,
    TEASER
  }

  /** The same as rules for a model, each a sentence; empty where nothing is to differ. */
  String rules() {
    return (tone.rule + " " + length.rule).strip();
  }
}
