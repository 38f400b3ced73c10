package org.qalam.ui.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.qalam.document.Decision;
import org.qalam.document.TextRange;
import org.qalam.task.UiThread;

/**
 * An answer as single changes in the text, each for the writer to accept or to reject. A change is
 * what its place in the text says that it is: with the old words there it is open, with the new
 * ones accepted, with others the writer has decided otherwise; so undo opens a change again.
 * Confined to the JavaFX thread.
 */
@UiThread
final class Review implements AutoCloseable {
  private final TextTarget target;
  private final List<Change> changes = new ArrayList<>();
  private int current = -1;

  /** What the writer decided about a change, and when. */
  record Choice(Edit edit, Decision.Verdict verdict, Instant made) {}

  /**
   * How a review stands.
   *
   * @param open changes that wait for the writer's word
   * @param guarded those of them that are not accepted with the rest
   * @param current the change that is being looked at; empty where none is open
   */
  record State(int total, int open, int guarded, int accepted, Optional<Current> current) {
    /** Whether accepting all would do anything. */
    boolean acceptsAll() {
      return open > guarded;
    }
  }

  /**
   * The change that is being looked at.
   *
   * @param number counted from 1, in reading order
   */
  record Current(int number, Edit edit) {}

  private static final class Change {
    final TextTarget.Anchor place;
    final Edit edit;
    boolean rejected;

    /** Not shown to the writer yet. */
    boolean isHeld;

    /** What was told of it last, if anything was. */
    Optional<Decision.Verdict> told = Optional.empty();

    Change(TextTarget.Anchor place, Edit edit) {
      this.place = place;
      this.edit = edit;
    }

    boolean holds(String words, String text) {
      TextRange range = place.range();
      return range.length() == words.length() && text.startsWith(words, range.start());
    }

    boolean isOpen(String text) {
      return !isHeld && !rejected && holds(edit.before(), text);
    }

    boolean isAccepted(String text) {
      return !isHeld && !rejected && holds(edit.after(), text);
    }

    /** What the writer has done since this was asked last; empty where that is nothing. */
    Optional<Decision.Verdict> news(String text) {
      Optional<Decision.Verdict> now = told;
      if (rejected) {
        now = Optional.of(Decision.Verdict.REJECTED);
      } else if (isAccepted(text)) {
        now = Optional.of(Decision.Verdict.ACCEPTED);
      } else if (isOpen(text) && told.equals(Optional.of(Decision.Verdict.ACCEPTED))) {
        now = Optional.of(Decision.Verdict.TAKEN_BACK);
      }
      boolean isNews = !now.equals(told);
      told = now;
      return isNews ? now : Optional.empty();
    }
  }

  /** Without changes yet. */
  Review(TextTarget target) {
    this.target = target;
  }

  /**
   * @param start where the original of {@code edits} begins in the text
   */
  Review(TextTarget target, int start, List<Edit> edits) {
    this.target = target;
    add(start, edits, true);
  }

  /**
   * Takes in more changes, behind those that are there; {@link #refresh()} shows them.
   *
   * @param start where the original of {@code edits} begins in the text, or would begin if what
   *     stands before these edits were as it was
   * @param isShown whether they can be decided on; else when they are released
   */
  void add(int start, List<Edit> edits, boolean isShown) {
    for (Edit edit : edits) {
      TextRange range = edit.range();
      TextRange there = new TextRange(start + range.start(), start + range.end());
      Change change = new Change(target.place(there), edit);
      change.isHeld = !isShown;
      changes.add(change);
    }
  }

  /** Has all changes decided on from now on. */
  void release() {
    changes.forEach(change -> change.isHeld = false);
    refresh();
  }

  /** Whether there is nothing to decide on. */
  boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * Shows the marks and the first change.
   *
   * @param goes whether the caret goes there; a writer who is busy elsewhere is left alone
   */
  void begin(boolean goes) {
    if (goes) {
      go(1);
    } else {
      refresh();
    }
  }

  State state() {
    String text = target.text();
    int open = 0;
    int guarded = 0;
    int accepted = 0;
    for (Change change : changes) {
      if (change.isOpen(text)) {
        open++;
        guarded += change.edit.guards().isEmpty() ? 0 : 1;
      } else if (change.isAccepted(text)) {
        accepted++;
      }
    }
    return new State(changes.size(), open, guarded, accepted, current(text));
  }

  private Optional<Current> current(String text) {
    if (current < 0 || !changes.get(current).isOpen(text)) {
      return Optional.empty();
    }
    return Optional.of(new Current(current + 1, changes.get(current).edit));
  }

  /** Goes to the next open change, or with -1 to the one before; round the ends. */
  void go(int step) {
    String text = target.text();
    int size = changes.size();
    int from = current < 0 && step < 0 ? 0 : current;
    for (int i = 1; i <= size; i++) {
      int index = Math.floorMod(from + i * step, size);
      if (changes.get(index).isOpen(text)) {
        current = index;
        target.reveal(changes.get(index).place);
        mark();
        return;
      }
    }
    current = -1;
    mark();
  }

  /** Accepts the current change, and goes on to the next one. */
  void accept() {
    if (current(target.text()).isPresent()) {
      Change change = changes.get(current);
      if (change.edit.isRewriting()) {
        target.replace(change.place, change.edit.after());
      } else {
        target.replaceAll(
            List.of(new TextTarget.Replacement(change.place, change.edit.after())), () -> {});
      }
      go(1);
    }
  }

  /** Rejects the current change, and goes on to the next one. */
  void reject() {
    if (current(target.text()).isPresent()) {
      changes.get(current).rejected = true;
      go(1);
    }
  }

  /**
   * Accepts all open changes but the guarded ones, in one undo step; goes to what is left.
   *
   * @param then is called after that
   */
  void acceptAll(Runnable then) {
    String text = target.text();
    List<TextTarget.Replacement> all =
        changes.stream()
            .filter(change -> change.isOpen(text) && change.edit.guards().isEmpty())
            .map(change -> new TextTarget.Replacement(change.place, change.edit.after()))
            .toList();
    // What comes into the text is not marked as if it were to go.
    mark(text, change -> !change.edit.guards().isEmpty());
    target.replaceAll(
        all,
        () -> {
          if (!changes.isEmpty()) {
            go(1);
            then.run();
          }
        });
  }

  /** The writer has typed, taken something back, or moved: what is open may be another now. */
  void refresh() {
    String text = target.text();
    TextRange selected = target.selection().getValue();
    for (int i = 0; i < changes.size(); i++) {
      TextRange range = changes.get(i).place.range();
      boolean isHere =
          selected.isEmpty() && selected.start() >= range.start() && selected.end() <= range.end();
      if (isHere && changes.get(i).isOpen(text)) {
        current = i;
      }
    }
    if (current(text).isEmpty()) {
      current = -1;
      for (int i = 0; i < changes.size() && current < 0; i++) {
        current = changes.get(i).isOpen(text) ? i : -1;
      }
    }
    mark();
  }

  /** What the writer has decided since this was asked last, in the order of the text. */
  List<Choice> choices() {
    String text = target.text();
    Instant now = Instant.now();
    List<Choice> made = new ArrayList<>();
    for (Change change : changes) {
      change.news(text).ifPresent(verdict -> made.add(new Choice(change.edit, verdict, now)));
    }
    return made;
  }

  private void mark() {
    mark(target.text(), _ -> true);
  }

  private void mark(String text, Predicate<Change> which) {
    List<TextTarget.Mark> marks = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      if (change.isOpen(text) && which.test(change)) {
        marks.add(new TextTarget.Mark(change.place, kind(change.edit), i == current));
      }
    }
    target.mark(marks);
  }

  private static TextTarget.Mark.Kind kind(Edit edit) {
    boolean isGuarded = !edit.guards().isEmpty();
    if (edit.isRewriting()) {
      return isGuarded ? TextTarget.Mark.Kind.GUARDED_REWRITING : TextTarget.Mark.Kind.REWRITING;
    }
    if (isGuarded) {
      return TextTarget.Mark.Kind.GUARDED;
    }
    return edit.before().isEmpty() ? TextTarget.Mark.Kind.INSERTION : TextTarget.Mark.Kind.DELETION;
  }

  /** Takes the marks away; what was accepted stays. */
  @Override
  public void close() {
    target.mark(List.of());
    changes.forEach(change -> change.place.close());
    changes.clear();
    current = -1;
  }
}
