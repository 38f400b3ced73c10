package org.qalam.ui.proof;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Languages;
import org.qalam.proof.Checker;
import org.qalam.proof.Remark;
import org.qalam.store.DocumentStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * Checks the paragraphs that are in sight, one after the other on a thread of its own, and tells
 * what there is to say about each. Confined to the JavaFX thread.
 */
@UiThread
public final class ProofViewModel {
  /** Setting: whether texts are checked; where it is missing the machine's memory decides. */
  static final String ON_SETTING = "proof.on";

  static final String WORDS_SETTING = "proof.words";
  static final String RULES_SETTING = "proof.rules-off";

  /** A machine that is sold with 4 GB of memory keeps some of it from programs. */
  private static final long ENOUGH_MEMORY = 3_500_000_000L;

  private final Supplier<Checker> maker;
  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final TaskRunner checking;
  private final Executor ui;
  private final boolean isOnByDefault;
  private final KnownParagraphs known = new KnownParagraphs();
  private final LeftAlone leftAlone = new LeftAlone();
  private final ReadOnlyBooleanWrapper on = new ReadOnlyBooleanWrapper();
  private final Set<String> loaded = new HashSet<>();
  private final ReadOnlyIntegerWrapper languages = new ReadOnlyIntegerWrapper();
  private Supplier<List<String>> inSight = List::of;
  private Runnable redraw = () -> {};

  /** The language of the last paragraph in Latin script that was long enough to tell. */
  private String latin = latinDefault();

  private boolean isBusy;

  /** Of the checking thread alone. */
  private @Nullable Checker checker;

  /**
   * @param maker makes the checker, on the checking thread when it is first needed
   * @param checking a thread for checking alone; loading a language takes seconds of it
   * @param ui runs work on the JavaFX thread
   * @param memory of this machine, in bytes
   */
  public ProofViewModel(
      Supplier<Checker> maker,
      DocumentStore store,
      TaskRunner storeRunner,
      TaskRunner checking,
      Executor ui,
      long memory) {
    this.maker = maker;
    this.store = store;
    this.storeRunner = storeRunner;
    this.checking = checking;
    this.ui = ui;
    this.isOnByDefault = memory >= ENOUGH_MEMORY;
  }

  /** In an English window a short English heading is English. */
  private static String latinDefault() {
    String language = Locale.getDefault(Locale.Category.DISPLAY).getLanguage();
    return language.equals("en") ? language : "";
  }

  /** Takes up what was chosen the last time, and begins to check. */
  public void start() {
    Delivery.deliver(
        storeRunner.submit(() ->
            new Remembered(
                store.setting(ON_SETTING),
                store.setting(WORDS_SETTING),
                store.setting(RULES_SETTING))),
        ui,
        this::take,
        ProofViewModel::log);
  }

  private record Remembered(Optional<String> on, Optional<String> words, Optional<String> rules) {}

  private void take(Remembered remembered) {
    leftAlone.read(remembered.words(), remembered.rules());
    on.set(remembered.on().map(Boolean::parseBoolean).orElse(isOnByDefault));
    redraw.run();
  }

  /**
   * Connects the control.
   *
   * @param inSight the paragraphs that are in sight, the one that is being written first
   * @param redraw shows the remarks as they are now
   */
  public void watch(Supplier<List<String>> inSight, Runnable redraw) {
    this.inSight = inSight;
    this.redraw = redraw;
  }

  /**
   * What there is to say about a paragraph in sight, as far as it is known; what is not known is
   * found out, and the control told.
   */
  public List<Remark> remarks(String paragraph) {
    if (!on.get() || paragraph.isBlank()) {
      return List.of();
    }
    Optional<KnownParagraphs.Known> found = known.find(paragraph);
    if (found.isEmpty() || !found.get().isChecked()) {
      checkNext();
    }
    return found.map(KnownParagraphs.Known::remarks).orElse(List.of()).stream()
        .filter(remark -> !leftAlone.has(paragraph, remark))
        .toList();
  }

  /** The control says that some whole paragraphs have changed in one place. */
  public void edited(String before, int at, int removed, String inserted) {
    if (on.get()) {
      known.edited(before, at, removed, inserted);
    }
  }

  private void checkNext() {
    if (!isBusy && on.get()) {
      isBusy = true;
      // After what is under way: the control may be in the middle of drawing.
      ui.execute(this::check);
    }
  }

  private void check() {
    Optional<String> next =
        on.get()
            ? inSight.get().stream().filter(text -> !text.isBlank() && !isChecked(text)).findFirst()
            : Optional.empty();
    if (next.isEmpty()) {
      isBusy = false;
      return;
    }
    String paragraph = next.get();
    String otherwise = latin;
    Delivery.deliver(
        checking.submit(() -> look(paragraph, otherwise)),
        ui,
        found -> {
          take(paragraph, found);
          check();
        },
        failure -> {
          fail(paragraph, failure);
          check();
        });
  }

  /**
   * A remark that was looked for.
   *
   * @param index of its paragraph among those that were looked through
   */
  public record Hit(int index, Remark remark) {}

  /**
   * Looks through paragraphs, in sight or not, for the first remark, and tells it; nothing where
   * there is none.
   *
   * @param column where it may begin in the first of them
   */
  public void seek(List<String> paragraphs, int column, Consumer<Optional<Hit>> told) {
    seek(List.copyOf(paragraphs), 0, column, told);
  }

  private void seek(List<String> paragraphs, int from, int column, Consumer<Optional<Hit>> told) {
    for (int i = from; i < paragraphs.size(); i++) {
      String paragraph = paragraphs.get(i);
      if (on.get() && !paragraph.isBlank() && !isChecked(paragraph)) {
        int there = i;
        String otherwise = latin;
        Delivery.deliver(
            checking.submit(() -> look(paragraph, otherwise)),
            ui,
            found -> {
              take(paragraph, found);
              seek(paragraphs, there, column, told);
            },
            failure -> {
              fail(paragraph, failure);
              seek(paragraphs, there, column, told);
            });
        return;
      }
      int index = i;
      Optional<Remark> first =
          remarks(paragraph).stream()
              .filter(remark -> index > 0 || remark.range().start() >= column)
              .findFirst();
      if (first.isPresent()) {
        told.accept(first.map(remark -> new Hit(index, remark)));
        return;
      }
    }
    told.accept(Optional.empty());
  }

  private boolean isChecked(String paragraph) {
    return known.find(paragraph).map(KnownParagraphs.Known::isChecked).orElse(false);
  }

  /** What cannot be checked is not tried for ever. */
  private void fail(String paragraph, Throwable failure) {
    log(failure);
    known.checked(paragraph, List.of(), "");
  }

  private void take(String paragraph, Found found) {
    if (!found.language().isEmpty()) {
      if (Languages.isLatin(paragraph)) {
        latin = found.language();
      }
      if (found.isKnown() && loaded.add(found.language())) {
        languages.set(loaded.size());
      }
    }
    if (on.get()) {
      known.checked(paragraph, found.remarks(), found.language());
      redraw.run();
    }
  }

  private record Found(List<Remark> remarks, String language, boolean isKnown) {}

  /** On the checking thread. */
  private Found look(String paragraph, String otherwise) {
    String language = Languages.of(paragraph, otherwise);
    Checker current = checker();
    boolean isKnown = current.knows(language);
    return new Found(isKnown ? current.check(paragraph, language) : List.of(), language, isKnown);
  }

  /** On the checking thread. */
  private Checker checker() {
    Checker current = checker;
    if (current == null) {
      current = maker.get();
      checker = current;
    }
    return current;
  }

  /** Finds out what could stand in the place of a remark's words, and tells it. */
  public void suggest(String paragraph, Remark remark, Consumer<List<String>> told) {
    String language = known.find(paragraph).map(KnownParagraphs.Known::language).orElse("");
    Delivery.deliver(
        checking.submit(() -> checker().suggestions(paragraph, language, remark)),
        ui,
        told,
        failure -> {
          log(failure);
          told.accept(List.of());
        });
  }

  /** Says no more about these words until the program ends. */
  public void ignore(String paragraph, Remark remark) {
    leftAlone.ignore(remark.range().of(paragraph), remark);
    redraw.run();
  }

  /** Takes a word for right from now on. */
  public void addWord(String word) {
    if (!leftAlone.words().contains(word)) {
      leftAlone.words().add(word);
      keepWords();
    }
  }

  /** Takes a word out of the dictionary again. */
  public void removeWord(String word) {
    leftAlone.words().remove(word);
    keepWords();
  }

  /** Says nothing by this rule from now on. */
  public void turnOff(Remark remark) {
    leftAlone.rules().add(new LeftAlone.Rule(remark.rule(), remark.ruleName()));
    keepRules();
  }

  void turnOn(LeftAlone.Rule rule) {
    leftAlone.rules().remove(rule);
    keepRules();
  }

  private void keepWords() {
    remember(WORDS_SETTING, leftAlone.wordsSetting());
    redraw.run();
  }

  private void keepRules() {
    remember(RULES_SETTING, leftAlone.rulesSetting());
    redraw.run();
  }

  /**
   * Checks texts or not, also after the next start. Off stops at once; rules and word lists stay in
   * memory until the program ends, since LanguageTool keeps them for good.
   */
  public void setOn(boolean now) {
    if (now == on.get()) {
      return;
    }
    on.set(now);
    remember(ON_SETTING, String.valueOf(now));
    if (!now) {
      known.clear();
    }
    redraw.run();
  }

  private void remember(String key, String value) {
    Delivery.deliver(
        storeRunner.submit(() -> {
          store.putSetting(key, value);
          return true;
        }),
        ui,
        _ -> {},
        ProofViewModel::log);
  }

  /** Says what failed and not how: messages of checkers quote the text. */
  private static void log(Throwable failure) {
    System.getLogger(ProofViewModel.class.getName())
        .log(System.Logger.Level.WARNING, "checking failed: " + failure.getClass().getName());
  }

  /** Whether texts are checked. */
  public ReadOnlyBooleanProperty onProperty() {
    return on.getReadOnlyProperty();
  }

  /** How many languages are in memory. */
  ReadOnlyIntegerProperty languagesProperty() {
    return languages.getReadOnlyProperty();
  }

  /** Whether a language is in memory. */
  boolean isLoaded(String language) {
    return loaded.contains(language);
  }

  /** The writer's own words. */
  ObservableList<String> words() {
    return leftAlone.words();
  }

  /** Rules that are off. */
  ObservableList<LeftAlone.Rule> rulesOff() {
    return leftAlone.rules();
  }
}
