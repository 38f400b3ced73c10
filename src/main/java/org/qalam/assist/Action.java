package org.qalam.assist;

/**
 * Something that Qalam can do with a passage.
 *
 * @param id such as {@code proofread}; for the writer's own ones the name of the file
 * @param name for people; empty for the program's own, whose names are in the resource bundle under
 *     {@code action.ID}
 * @param icon literal of an Ikonli Material Design icon, such as {@code mdi2c-check}; for the
 *     writer's own ones there may be no such icon
 * @param kind which others it stands with
 * @param result where its answer belongs
 * @param shape whether its answer has a shape of its own
 * @param needs what it cannot do without
 * @param shortcut keys such as {@code Shortcut+Alt+K}, as the writer wrote them; may be empty
 */
public record Action(
    String id,
    String name,
    String icon,
    Kind kind,
    Result result,
    Shape shape,
    Needs needs,
    String shortcut) {
  /** What an action is for, in the order of menus. */
  public enum Kind {
    /** Mistakes, and nothing else. */
    CORRECT,
    /** The same in other words or another form. */
    REWRITE,
    /** The same in another tone. */
    TONE,
    /** The same, shorter or longer. */
    LENGTH,
    /** What a text says. */
    UNDERSTAND,
    /** A new text. */
    CREATE,
    /** The same in another language. */
    TRANSLATE
  }

  /** Where an answer belongs. */
  public enum Result {
    /** In place of the passage. */
    REPLACE,
    /** After the passage. */
    INSERT,
    /** Beside the text, to read or to insert. */
    PANEL
  }

  /** What an answer looks like beside its passage. */
  public enum Shape {
    /** Like the passage: where little is changed, each change can be decided on. */
    SAME,
    /** Another one, such as a table or another language: it is taken as a whole. */
    OTHER
  }

  /**
   * What an action cannot do without.
   *
   * @param instruction whether the writer must say what to do
   * @param text whether it works on a passage (all but a free instruction do)
   * @param language whether the writer must choose the language of the answer
   * @param document whether its prompt speaks of the whole document
   */
  public record Needs(boolean instruction, boolean text, boolean language, boolean document) {
    /** A passage. */
    public static final Needs TEXT = new Needs(false, true, false, false);
  }

  /** One of the program's actions, whose answer has its passage's shape. */
  public Action(
      String id, String icon, Result result, boolean needsInstruction, boolean needsText) {
    this(
        id,
        "",
        icon,
        Kind.REWRITE,
        result,
        Shape.SAME,
        new Needs(needsInstruction, needsText, false, false),
        "");
  }

  /** Whether it is one of the writer's own. */
  public boolean isOwn() {
    return !name.isEmpty();
  }

  /** Whether the writer must say what to do. */
  public boolean needsInstruction() {
    return needs.instruction();
  }

  /** Whether it works on a passage. */
  public boolean needsText() {
    return needs.text();
  }

  /** Whether the writer must choose the language of the answer. */
  public boolean needsLanguage() {
    return needs.language();
  }
}
