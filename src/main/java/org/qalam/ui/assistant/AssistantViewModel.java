package org.qalam.ui.assistant;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Action;
import org.qalam.assist.AssistException;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Assistant;
import org.qalam.assist.CitedAnswer;
import org.qalam.assist.Interrupted;
import org.qalam.assist.NotesQuestion;
import org.qalam.assist.Phase;
import org.qalam.assist.Proposal;
import org.qalam.assist.Question;
import org.qalam.assist.QuestionAnswering;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.document.TextRange;
import org.qalam.search.NoteFinder;
import org.qalam.store.DocumentStore;
import org.qalam.task.CancellationToken;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;
import org.qalam.ui.settings.ModelsViewModel;

/**
 * What the side panel shows and decides: one request at a time, its proposal, the history. Nothing
 * touches the document before {@link #accept()} or {@link #insertBelow()}. Confined to the JavaFX
 * thread, which it never makes wait.
 */
@UiThread
public final class AssistantViewModel {
  private final Assistant assistant;
  private final TextTarget target;
  private final ModelsViewModel models;
  private final Executor ui;
  private final OutputHistory history;
  private final SubjectWatch watch;
  private final AnswerDesk desk;
  private final Resumption resumption;
  private final ProposalCount proposalCount;
  private final FurtherProposals further;
  private final SpeedMemory speeds;

  private final ReadOnlyObjectWrapper<PanelState> state =
      new ReadOnlyObjectWrapper<>(new PanelState.Idle());
  private final ReadOnlyObjectWrapper<Optional<Notice>> notice =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper(false);
  private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper(false);
  private final ReadOnlyDoubleWrapper tokensPerSecond = new ReadOnlyDoubleWrapper(0);

  private final TaskRunner comparisons;
  private @Nullable Job job;

  /** The earlier answer that is being made ready. */
  private Optional<UUID> reopening = Optional.empty();

  private long lastSeed;
  private Consumer<Action> ran = _ -> {};
  private Optional<NoteFinder> notes = Optional.empty();
  private NoteOpening opening = (_, _) -> false;
  private List<String> actionProblems = List.of();

  /** Why an action cannot be asked for now. */
  enum Hindrance {
    OFF,
    NO_MODEL,
    WORKING,
    NO_TEXT
  }

  /** Something small that just happened. */
  enum Notice {
    REPLACED,
    INSERTED,
    COPIED,
    /** There is no text to work on. */
    NO_TEXT,
    /** The passage that was being worked on is not to be found. */
    PASSAGE_CHANGED,
    /** A passage that an answer cites is not in the text as it is now. */
    SOURCE_GONE,
    /** The document that an answer cites is not there any more. */
    NOTE_GONE
  }

  /** Opens documents that an answer cites. */
  @FunctionalInterface
  public interface NoteOpening {
    /**
     * Opens a document.
     *
     * @param shown is called when its text is there
     * @return false where there is no such document
     */
    boolean open(DocumentId id, Runnable shown);
  }

  /**
   * @param storeRunner the store's thread
   * @param comparisons a thread on which earlier answers are compared with their texts
   * @param target the editor
   * @param ui runs work on the JavaFX thread
   */
  public AssistantViewModel(
      Assistant assistant,
      DocumentStore store,
      TaskRunner storeRunner,
      TaskRunner comparisons,
      TextTarget target,
      ModelsViewModel models,
      Executor ui) {
    this(
        assistant,
        store,
        storeRunner,
        comparisons,
        target,
        models,
        ui,
        CompletableFuture.delayedExecutor(200, MILLISECONDS, ui),
        CompletableFuture.delayedExecutor(4, SECONDS, ui));
  }

  /**
   * @param soon runs work on the JavaFX thread a moment later, when the writer has stopped moving
   * @param later runs work there some seconds later
   */
  AssistantViewModel(
      Assistant assistant,
      DocumentStore store,
      TaskRunner storeRunner,
      TaskRunner comparisons,
      TextTarget target,
      ModelsViewModel models,
      Executor ui,
      Executor soon,
      Executor later) {
    this.assistant = assistant;
    this.target = target;
    this.models = models;
    this.ui = ui;
    this.comparisons = comparisons;
    this.history = new OutputHistory(store, storeRunner, ui);
    this.resumption = new Resumption(store, storeRunner, ui, System::nanoTime);
    this.watch = new SubjectWatch(assistant, target, this::isReady, ui, soon);
    this.desk = new AnswerDesk(target, history, this::setState, soon);
    this.proposalCount = new ProposalCount(store, storeRunner, ui);
    this.further = new FurtherProposals(assistant, desk, history, () -> ++lastSeed, ui);
    further.comingProperty().addListener((_, _, now) -> furtherWork(now));
    this.speeds = new SpeedMemory(assistant, store, storeRunner, ui, later);
    proposalCount.start();
    target.document().addListener((_, _, document) -> documentOpened(document));
    target.selection().addListener((_, _, _) -> textChanged(soon));
    models.enabledProperty().addListener((_, _, _) -> modelsChanged());
    models.readyProperty().addListener((_, _, _) -> modelsChanged());
    models
        .chosenProperty()
        .addListener((_, _, _) -> {
          modelsChanged();
          watch.lookAgain();
          recallSpeed();
        });
    watch
        .estimateProperty()
        .addListener((_, _, now) -> {
          if (now.filter(known -> Double.isNaN(known.seconds())).isPresent()) {
            speeds.measure(this::isReady, this::measured);
          }
        });
    history.open(target.document().getValue());
    resumption.open(target.document().getValue());
    modelsChanged();
    watch.lookAgain();
    recallSpeed();
  }

  private void measured() {
    if (assistant.speed().isPresent()) {
      models.noteLoaded();
      watch.lookAgain();
    }
  }

  private void recallSpeed() {
    models.chosenProperty().get().ifPresent(model -> speeds.recall(model.id(), watch::lookAgain));
  }

  // ---- what the writer asks for ----

  /**
   * Asks for a proposal for the passage at hand. Does nothing while another one is under way.
   *
   * @return whether the request was made
   */
  public boolean run(Action action) {
    return !action.needsInstruction() && !action.needsLanguage() && run(action, "");
  }

  /**
   * Asks for a proposal in another language.
   *
   * @param action one that needs a language
   * @return whether the request was made
   */
  public boolean run(Action action, Locale language) {
    return action.needsLanguage() && run(action, language.getLanguage());
  }

  /**
   * Asks for what the writer says; blank words ask for nothing.
   *
   * @return whether the request was made
   */
  public boolean instruct(String words) {
    return !words.isBlank()
        && instructionAction().map(action -> run(action, words.strip())).orElse(false);
  }

  /**
   * Asks about the whole text of the open document; blank words ask for nothing.
   *
   * @return whether the request was made
   */
  public boolean ask(String words) {
    return !words.isBlank() && question(QuestionAnswering.ASK, words.strip(), 0);
  }

  /**
   * Asks about all documents; blank words ask for nothing.
   *
   * @return whether the request was made
   */
  public boolean askNotes(String words) {
    return !words.isBlank() && question(QuestionAnswering.ASK_NOTES, words.strip(), 0);
  }

  /** From here on all documents can be asked about. */
  public void askNotesBy(NoteFinder finder, NoteOpening opens) {
    notes = Optional.of(finder);
    opening = opens;
  }

  /**
   * @param asking one of {@link QuestionAnswering}'s
   * @param seed 0 for a new question, another number for another answer to the one on screen
   */
  private boolean question(Action asking, String words, long seed) {
    String text = target.text();
    boolean isAll = asking.equals(QuestionAnswering.ASK_NOTES);
    if (!isReady() || (isAll && notes.isEmpty())) {
      return false;
    }
    if (target.document().getValue().isEmpty() || (!isAll && text.isBlank())) {
      notice.set(Optional.of(Notice.NO_TEXT));
      return false;
    }
    AssistRequest request = new AssistRequest(asking, "", words, seed);
    int caret = target.selection().getValue().start();
    TextRange place = new TextRange(caret, caret);
    Passage passage = seed == 0 ? desk.work(place) : desk.workAgain(place);
    Job started =
        begin(request, Asked.about(request), Subject.at(text, place), passage, 1, Optional.empty());
    Consumer<Phase> phases = new LatestPhase(ui, phase -> progressed(started, phase));
    CancellationToken cancellation = started.cancellation();
    Supplier<CompletableFuture<CitedAnswer>> answer =
        isAll
            ? () ->
                notes
                    .orElseThrow()
                    .passages(words, NotesQuestion.MOST)
                    .thenCompose(found ->
                        assistant.ask(new NotesQuestion(words, found, seed), phases, cancellation))
            : () -> assistant.ask(new Question(words, text, seed), phases, cancellation);
    deliver(
        started,
        () ->
            answer
                .get()
                .thenApply(CitedAnswer::proposal)
                .thenApply(proposal ->
                    Answer.of(Asked.about(proposal.request()), proposal, started.document())));
    return true;
  }

  /** Shows a passage that the answer on screen cites; its document is opened for that. */
  void showSource(CitedAnswer.Source source) {
    Optional<DocumentId> note = source.note().map(CitedAnswer.Note::id);
    if (note.isEmpty() || note.equals(target.document().getValue())) {
      point(source.text());
    } else if (!opening.open(note.get(), () -> point(source.text()))) {
      notice.set(Optional.of(Notice.NOTE_GONE));
    }
  }

  private void point(String passage) {
    notice.set(desk.point(passage) ? Optional.empty() : Optional.of(Notice.SOURCE_GONE));
  }

  /** Has {@code heard} told of each action that is asked for, wherever that is done. */
  public void onRun(Consumer<Action> heard) {
    ran = heard;
  }

  private boolean run(Action action, String instruction) {
    if (!isReady()) {
      return false;
    }
    Subject found = watch.subjectFor(action);
    if (found.kind() == Subject.Kind.NOTHING && action.needsText()) {
      notice.set(Optional.of(Notice.NO_TEXT));
      return false;
    }
    AssistRequest asked = request(action, found.range().of(target.text()), instruction, 0);
    AssistRequest request = asked.knowing(resumption.known(asked, assistant.model()));
    start(
        request,
        Asked.about(request),
        found,
        desk.work(found.range()),
        proposalCount.of(action, request.text().length()));
    ran.accept(action);
    return true;
  }

  /**
   * Takes up again what ended before its time in the open document: what is answered of it is not
   * asked again, what the writer has changed meanwhile is.
   *
   * @return whether it could be; not where the passage is not to be found
   */
  boolean continueUnfinished() {
    Optional<Interrupted> found = resumption.foundProperty().get();
    Optional<TextRange> range = found.flatMap(kept -> kept.placeIn(target.text()));
    if (!isReady() || found.isEmpty()) {
      return false;
    }
    if (range.isEmpty()) {
      notice.set(Optional.of(Notice.PASSAGE_CHANGED));
      return false;
    }
    Interrupted kept = found.get();
    Action action = actionNamed(kept.action());
    AssistRequest request =
        request(action, range.get().of(target.text()), kept.instruction(), kept.seed())
            .knowing(kept.known());
    start(
        request,
        Asked.about(request),
        Subject.at(target.text(), range.get()),
        desk.work(range.get()),
        1);
    return true;
  }

  private AssistRequest request(Action action, String text, String instruction, long seed) {
    String document = action.needs().document() ? target.text() : "";
    return new AssistRequest(action, text, instruction, seed).in(document);
  }

  private void start(
      AssistRequest request, Asked asked, Subject found, Passage passage, int proposals) {
    Optional<DocumentId> kept =
        asked.refined().isPresent() ? Optional.empty() : target.document().getValue();
    Job started = begin(request, asked, found, passage, proposals, kept);
    Delivery.deliver(
        assistant.estimate(request),
        ui,
        known -> started.setEstimatedSeconds(known.seconds()),
        _ -> {});
    Consumer<Phase> phases = new LatestPhase(ui, phase -> progressed(started, phase));
    if (asked.refined().isPresent()) {
      // What is said again is the answer before, which is not in the text.
      deliver(
          started,
          () ->
              proposal(started, phases).thenApply(it -> Answer.of(asked, it, started.document())));
      return;
    }
    String model = assistant.model().orElse("");
    started.document().ifPresent(open -> desk.expect(() -> started.soFar(open, model)));
    GrowingEdits growing =
        new GrowingEdits(request.text(), ui, part -> grown(started, part), phases);
    deliver(
        started,
        () ->
            proposal(started, growing)
                .thenApply(
                    it -> Answer.of(started.outputId(), asked, it, started.document(), growing)));
  }

  private CompletableFuture<Proposal> proposal(Job started, Consumer<Phase> phases) {
    return assistant.propose(
        started.request(), started.keeper().before(phases), started.cancellation());
  }

  /**
   * A request is under way from now on.
   *
   * @param kept the document in which it can be taken up again; empty where it cannot
   */
  private Job begin(
      AssistRequest request,
      Asked asked,
      Subject found,
      Passage passage,
      int proposals,
      Optional<DocumentId> kept) {
    further.stop();
    notice.set(Optional.empty());
    reopening = Optional.empty();
    Optional<DocumentId> document = target.document().getValue();
    Job started =
        new Job(
            request,
            asked,
            document,
            passage,
            proposals,
            resumption.keep(request, assistant.model(), kept));
    job = started;
    setState(
        new PanelState.Working(
            asked.action(),
            asked.instruction(),
            found,
            proposals,
            Work.starting(),
            PanelState.Pace.RUNNING,
            Optional.empty()));
    return started;
  }

  /** Whoever is quicker than the first look at the disk waits for it. */
  private void deliver(Job started, Supplier<CompletableFuture<Answer>> work) {
    Delivery.deliver(
        models.looked().thenCompose(_ -> work.get()),
        ui,
        answer -> answered(started, answer),
        failure -> failed(started, failure));
  }

  private void progressed(Job from, Phase phase) {
    if (job != from || !(state.get() instanceof PanelState.Working now)) {
      return;
    }
    if (!(phase instanceof Phase.Loading) && !(phase instanceof Phase.Retrying)) {
      models.noteLoaded();
    }
    Work work = now.work().after(phase, from.estimatedSeconds());
    tokensPerSecond.set(work.tokensPerSecond());
    setState(now.with(work));
  }

  /** A part of the answer is certain. */
  private void grown(Job from, GrowingEdits.Part part) {
    if (job == from) {
      from.grow(part);
      desk.grow(from.passage(), from.request().text(), part);
      showReview();
    }
  }

  private void showReview() {
    if (state.get() instanceof PanelState.Working now && !now.review().equals(desk.reviewState())) {
      setState(now.with(desk.reviewState()));
    }
  }

  private void end(Job ended) {
    if (job == ended) {
      job = null;
      tokensPerSecond.set(0);
      watch.lookAgain();
    }
  }

  private void answered(Job from, Answer answer) {
    end(from);
    speeds.keep();
    resumption.ended(from.keeper(), answer.fate() != Output.Fate.STOPPED);
    models.noteLoaded();
    boolean onScreen = desk.isAbout(from.passage());
    if (answer.fate() == Output.Fate.STOPPED && answer.text().isBlank()) {
      if (onScreen && !desk.showLast()) {
        desk.clear();
        setState(rest());
      }
      return;
    }
    answer.output().ifPresent(history::add);
    if (onScreen) {
      finish(desk.add(answer));
      if (answer.fate() != Output.Fate.STOPPED && desk.isAbout(from.passage())) {
        further.begin(from, from.proposals());
      }
    }
  }

  private void failed(Job from, Throwable failure) {
    end(from);
    resumption.ended(from.keeper(), false);
    if (!desk.isAbout(from.passage())) {
      return;
    }
    desk.clear();
    AssistRequest request = from.request();
    if (failure instanceof AssistException known) {
      setState(
          new PanelState.Failed(
              request.action(),
              request.instruction(),
              known.reason(),
              String.valueOf(known.getMessage())));
      return;
    }
    System.getLogger(AssistantViewModel.class.getName())
        .log(System.Logger.Level.ERROR, "assistant: unexpected error", failure);
    setState(
        new PanelState.Failed(
            request.action(), request.instruction(), AssistException.Reason.FAILED, ""));
  }

  // ---- what the writer says to an answer ----

  /**
   * Takes the answer, where its action means it to go. Where that would overwrite text that is
   * newer than the answer, or text that a stopped answer has not come to, the first call only asks.
   */
  public void accept() {
    desk.accept(this::finish);
  }

  /** Takes the change that is being looked at into the text, and goes on to the next one. */
  public void acceptChange() {
    finish(desk.review(AnswerDesk.Word.ACCEPT));
  }

  /** Puts the change that is being looked at aside, and goes on to the next one. */
  public void rejectChange() {
    finish(desk.review(AnswerDesk.Word.REJECT));
  }

  /** Looks at the next open change, after the last one at the first. */
  public void nextChange() {
    finish(desk.review(AnswerDesk.Word.NEXT));
  }

  /** Looks at the open change before. */
  public void previousChange() {
    finish(desk.review(AnswerDesk.Word.PREVIOUS));
  }

  /** Shows the next version of the answer, after the last one the first. */
  public void nextVariant() {
    finish(desk.step(1));
  }

  /** Shows the version of the answer before. */
  public void previousVariant() {
    finish(desk.step(-1));
  }

  /** Inserts the answer after its passage, or at the caret where the passage is gone. */
  public void insertBelow() {
    finish(desk.insertBelow());
  }

  private void finish(AnswerDesk.Outcome outcome) {
    switch (outcome) {
      case REPLACED -> putAway(Optional.of(Notice.REPLACED));
      case INSERTED -> putAway(Optional.of(Notice.INSERTED));
      case NOTHING -> discard();
      case ASKED -> showReview();
    }
  }

  private void putAway(Optional<Notice> what) {
    further.stop();
    desk.clear();
    notice.set(what);
    setState(rest());
    target.requestFocus();
  }

  /** Notes that the answer was copied; it stays on screen. */
  void copied() {
    notice.set(Optional.of(Notice.COPIED));
    desk.copied();
  }

  /** Asks again, with another seed, for the passage as it is now. */
  public void retry() {
    if (!isReady()) {
      return;
    }
    switch (state.get()) {
      case PanelState.Proposed(Answer answer, _, _, _, _) when answer.isCited() -> {
        desk.retried();
        Action asking = answer.isFromNotes() ? QuestionAnswering.ASK_NOTES : QuestionAnswering.ASK;
        boolean _ = question(asking, answer.instruction(), ++lastSeed);
      }
      case PanelState.Failed(Action action, String words, _, _)
          when action.equals(QuestionAnswering.ASK)
              || action.equals(QuestionAnswering.ASK_NOTES) -> {
        boolean _ = question(action, words, 0);
      }
      case PanelState.Proposed(Answer answer, _, _, _, _) ->
          desk.place()
              .ifPresent(range -> {
                desk.retried();
                ask(answer.action(), answer.instruction(), answer.refined(), range, ++lastSeed);
              });
      case PanelState.Failed failed -> run(failed.action(), failed.instruction());
      default -> {}
    }
  }

  /**
   * Asks for the answer on screen to be changed as the writer says; the one that comes is another
   * version of it. Asks about the passage at hand where no answer is on screen, or where something
   * else is selected meanwhile.
   *
   * @return whether the request was made
   */
  public boolean refine(String words) {
    if (!words.isBlank()
        && isRefinable()
        && isReady()
        && state.get() instanceof PanelState.Proposed(Answer answer, _, _, _, _)) {
      Optional<TextRange> range = desk.place();
      range.ifPresent(
          where -> ask(answer.action(), words.strip(), Optional.of(answer.text()), where, 0));
      return range.isPresent();
    }
    return instruct(words);
  }

  /** Whether the writer's words would be about the answer on screen. */
  boolean isRefinable() {
    if (!(state.get() instanceof PanelState.Proposed now)
        || now.answer().text().isBlank()
        || now.answer().isUnchanged()
        || now.answer().isCited()
        || now.fit() == PanelState.Fit.OTHER_DOCUMENT
        || now.fit() == PanelState.Fit.GONE) {
      return false;
    }
    TextRange selected = target.selection().getValue();
    return selected.isEmpty() || desk.isWithin(selected);
  }

  /**
   * Asks for another version of an answer.
   *
   * @param refined the answer that the writer's words are about; empty for the passage
   * @param range where the passage is
   */
  private void ask(
      Action action, String instruction, Optional<String> refined, TextRange range, long seed) {
    String original = range.of(target.text());
    Action done = refined.isPresent() ? instructionAction().orElse(action) : action;
    start(
        request(done, refined.orElse(original), instruction, seed),
        new Asked(action, instruction, original, refined),
        Subject.at(target.text(), range),
        desk.workAgain(range),
        1);
  }

  /**
   * Has the request under way wait where it is, or go on. What is written so far stays on screen.
   * Does nothing where there is none, or where it is being stopped.
   */
  public void pauseOrResume() {
    further.pauseOrResume();
    if (job == null || !(state.get() instanceof PanelState.Working now)) {
      return;
    }
    switch (now.pace()) {
      case RUNNING -> {
        job.cancellation().pause();
        setState(now.with(PanelState.Pace.PAUSED));
      }
      case PAUSED -> {
        job.cancellation().resume();
        setState(now.with(PanelState.Pace.RUNNING));
      }
      case STOPPING -> {}
    }
  }

  /**
   * Stops what is under way, or puts the answer on screen away. While further proposals are made
   * the first word stops those, and the second puts away what is there.
   *
   * @return whether there was anything to stop or put away
   */
  public boolean escape() {
    return switch (state.get()) {
      case PanelState.Working now -> {
        if (job != null) {
          job.cancellation().cancel();
        }
        setState(now.with(PanelState.Pace.STOPPING));
        yield true;
      }
      case PanelState.Proposed _ when further.comingProperty().get().isPresent() -> {
        further.stop();
        yield true;
      }
      case PanelState.Proposed _, PanelState.Failed _ -> {
        discard();
        yield true;
      }
      default -> false;
    };
  }

  /** Puts the answer away; it stays in the history. */
  void discard() {
    desk.discard();
    if (job == null) {
      putAway(Optional.empty());
    }
  }

  /**
   * Shows an earlier answer again, a moment later. Does nothing while a request is under way; one
   * that is made meanwhile comes first.
   */
  void reopen(Output output) {
    if (job != null || !models.enabledProperty().get()) {
      return;
    }
    notice.set(Optional.empty());
    reopening = Optional.of(output.id());
    Delivery.deliver(
        comparisons.submit(() -> Answer.of(output, actionNamed(output.action()))),
        ui,
        this::reopened,
        failure ->
            System.getLogger(AssistantViewModel.class.getName())
                .log(System.Logger.Level.ERROR, "an earlier answer was not compared", failure));
  }

  private void reopened(Answer answer) {
    boolean isWanted = reopening.isPresent() && answer.output().map(Output::id).equals(reopening);
    if (isWanted && job == null && models.enabledProperty().get()) {
      reopening = Optional.empty();
      further.stop();
      desk.reopen(answer);
    }
  }

  // ---- what happens around ----

  private void documentOpened(Optional<DocumentId> document) {
    history.open(document);
    resumption.open(document);
    notice.set(Optional.empty());
    reopening = Optional.empty();
    desk.documentOpened(document);
    showReview();
    watch.lookAgain();
  }

  private void modelsChanged() {
    PanelState now = state.get();
    if (!models.enabledProperty().get()) {
      if (job != null) {
        job.cancellation().cancel();
      }
      further.stop();
      desk.clear();
      setState(new PanelState.Off());
    } else if (now instanceof PanelState.Off
        || now instanceof PanelState.NoModel
        || (now instanceof PanelState.Idle && !hasModel())) {
      setState(rest());
    }
  }

  /** An answer on screen is looked at again a moment after the writer has stopped typing. */
  private void textChanged(Executor soon) {
    watch.lookAgain();
    if (state.get() instanceof PanelState.Proposed || desk.reviewState().isPresent()) {
      soon.execute(() -> {
        desk.refit();
        showReview();
      });
    }
  }

  private PanelState rest() {
    if (!models.enabledProperty().get()) {
      return new PanelState.Off();
    }
    return hasModel() ? new PanelState.Idle() : new PanelState.NoModel();
  }

  /** Before the disk was looked at, a model is taken for granted. */
  private boolean hasModel() {
    return !models.readyProperty().get() || models.chosenProperty().get().isPresent();
  }

  private boolean isReady() {
    return job == null && models.enabledProperty().get() && hasModel();
  }

  /** Why this action cannot be asked for now; empty where it can. */
  Optional<Hindrance> hindrance(Action action) {
    if (!models.enabledProperty().get()) {
      return Optional.of(Hindrance.OFF);
    }
    if (!hasModel()) {
      return Optional.of(Hindrance.NO_MODEL);
    }
    if (job != null) {
      return Optional.of(Hindrance.WORKING);
    }
    return action.needsText() && target.text().isBlank()
        ? Optional.of(Hindrance.NO_TEXT)
        : Optional.empty();
  }

  /**
   * Whether actions are of use at a selection: not while one works or its changes are decided on.
   */
  boolean takesActions() {
    return isReady() && desk.reviewState().isEmpty();
  }

  private void setState(PanelState next) {
    state.set(next);
    tellWork();
  }

  private void furtherWork(Optional<FurtherProposals.Coming> coming) {
    coming.ifPresentOrElse(
        now -> {
          tokensPerSecond.set(now.work().tokensPerSecond());
          if (now.work().step() == Work.Step.WRITING) {
            models.noteLoaded();
          }
        },
        () -> tokensPerSecond.set(0));
    tellWork();
  }

  private void tellWork() {
    Optional<FurtherProposals.Coming> coming = further.comingProperty().get();
    PanelState now = state.get();
    working.set(now instanceof PanelState.Working || coming.isPresent());
    paused.set(
        (now instanceof PanelState.Working first && first.isHeld())
            || coming.filter(FurtherProposals.Coming::isPaused).isPresent());
  }

  /** The action with this id; one without a prompt where there is none any more. */
  Action actionNamed(String id) {
    return assistant.actions().stream()
        .filter(action -> action.id().equals(id))
        .findFirst()
        .orElseGet(() -> new Action(id, "mdi2h-history", Action.Result.PANEL, false, true));
  }

  // ---- what can be seen ----

  /** All actions, in the order of the panel. */
  public List<Action> actions() {
    return assistant.actions();
  }

  /** Files of the writer's own actions that cannot be used, a sentence for each. */
  List<String> actionProblems() {
    return actionProblems;
  }

  /**
   * Reads the writer's own actions anew, for they are files that can be changed at any time.
   *
   * @param changed called if there are others than before
   */
  void readOwnActions(Runnable changed) {
    List<Action> before = actions();
    Delivery.deliver(
        assistant.readOwnActions(),
        ui,
        problems -> {
          if (!problems.equals(actionProblems) || !before.equals(actions())) {
            actionProblems = problems;
            changed.run();
          }
        },
        failure ->
            System.getLogger(AssistantViewModel.class.getName())
                .log(System.Logger.Level.ERROR, "the own actions were not read", failure));
  }

  /** The action that takes the writer's own words. */
  Optional<Action> instructionAction() {
    return assistant.actions().stream().filter(Action::needsInstruction).findFirst();
  }

  /** Whether a request is under way, or a further proposal is being made. */
  public ReadOnlyBooleanProperty workingProperty() {
    return working.getReadOnlyProperty();
  }

  /** Whether the request under way waits until it is resumed or stopped. */
  public ReadOnlyBooleanProperty pausedProperty() {
    return paused.getReadOnlyProperty();
  }

  /** Tokens written per second while an answer is being written, else 0. */
  public ReadOnlyDoubleProperty tokensPerSecondProperty() {
    return tokensPerSecond.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<PanelState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What the next request works on and what it costs. */
  SubjectWatch watch() {
    return watch;
  }

  ReadOnlyObjectProperty<Optional<Notice>> noticeProperty() {
    return notice.getReadOnlyProperty();
  }

  /** What ended before its time and can be taken up again. */
  Resumption resumption() {
    return resumption;
  }

  /** How many proposals the writer wants. */
  ProposalCount proposalCount() {
    return proposalCount;
  }

  /** Proposals that are still to come. */
  FurtherProposals further() {
    return further;
  }

  OutputHistory history() {
    return history;
  }

  ModelsViewModel models() {
    return models;
  }
}
