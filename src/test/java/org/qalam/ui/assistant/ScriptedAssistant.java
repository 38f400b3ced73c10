package org.qalam.ui.assistant;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.qalam.assist.Action;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Assistant;
import org.qalam.assist.CitedAnswer;
import org.qalam.assist.Finding;
import org.qalam.assist.NotesQuestion;
import org.qalam.assist.OwnActions;
import org.qalam.assist.Phase;
import org.qalam.assist.Proposal;
import org.qalam.assist.Question;
import org.qalam.assist.QuestionAnswering;
import org.qalam.assist.Speed;
import org.qalam.document.TextRange;
import org.qalam.search.NotePassage;
import org.qalam.task.CancellationToken;

/** Answers when the test says so, with what the test says. */
public final class ScriptedAssistant implements Assistant {
  public static final Action PROOFREAD = of("proofread", "mdi2c-check", Action.Kind.CORRECT);
  public static final Action SUMMARIZE =
      new Action("summarize", "mdi2t-text-box-outline", Action.Result.PANEL, false, true);
  public static final Action CONTINUE =
      new Action("continue", "mdi2f-fountain-pen-tip", Action.Result.INSERT, false, true);
  public static final Action INSTRUCT =
      new Action("instruct", "mdi2c-creation", Action.Result.REPLACE, true, false);
  private static final List<Action> ACTIONS =
      List.of(
          PROOFREAD,
          new Action("rewrite", "mdi2p-pencil-outline", Action.Result.REPLACE, false, true),
          of("friendly", "mdi2e-emoticon-outline", Action.Kind.TONE),
          of("professional", "mdi2b-briefcase-outline", Action.Kind.TONE),
          new Action("concise", "mdi2a-arrow-collapse", Action.Result.REPLACE, false, true),
          SUMMARIZE,
          new Action("key-points", "mdi2f-format-list-bulleted", Action.Result.PANEL, false, true),
          CONTINUE,
          new Action(
              "translate",
              "",
              "mdi2t-translate",
              Action.Kind.TRANSLATE,
              Action.Result.REPLACE,
              Action.Shape.OTHER,
              new Action.Needs(false, true, true, false),
              ""),
          INSTRUCT);

  private static Action of(String id, String icon, Action.Kind kind) {
    return new Action(
        id, "", icon, kind, Action.Result.REPLACE, Action.Shape.SAME, Action.Needs.TEXT, "");
  }

  /** What {@link #actions()} gives; a test may change it. */
  public List<Action> actions = ACTIONS;

  /** What is there when the own actions are read again. */
  List<Action> own = List.of();

  /** Where the own actions are read from, if they are files. */
  public Optional<OwnActions> files = Optional.empty();

  @Override
  public CompletableFuture<List<String>> readOwnActions() {
    files.ifPresent(
        folder -> own = folder.list().stream().flatMap(entry -> entry.action().stream()).toList());
    if (!own.isEmpty()) {
      actions = Stream.concat(ACTIONS.stream(), own.stream()).toList();
    }
    return CompletableFuture.completedFuture(List.of());
  }

  final List<AssistRequest> requests = new ArrayList<>();
  final List<CancellationToken> cancellations = new ArrayList<>();
  final List<Consumer<Phase>> phases = new ArrayList<>();
  final List<CompletableFuture<Proposal>> answers = new ArrayList<>();
  Estimate estimate = new Estimate(80, 60, 8192, 6.2);
  public int unloads;
  public boolean sparesBattery;

  /** The last limit that was set, if any was. */
  public Optional<Optional<Duration>> idleLimit = Optional.empty();

  private Runnable idleUnload = () -> {};
  private Optional<String> model = Optional.empty();

  @Override
  public List<Action> actions() {
    return actions;
  }

  @Override
  public CompletableFuture<Void> use(String id, Path folder) {
    model = Optional.of(id);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Optional<String> model() {
    return model;
  }

  @Override
  public CompletableFuture<Void> warmUp(Consumer<Phase> hears) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> unload() {
    unloads++;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void setSparesBattery(boolean on) {
    sparesBattery = on;
  }

  @Override
  public void setIdleLimit(Optional<Duration> limit) {
    idleLimit = Optional.of(limit);
  }

  @Override
  public void onIdleUnload(Runnable heard) {
    idleUnload = heard;
  }

  /** The model is unloaded because nothing was asked for. */
  public void idle() {
    idleUnload.run();
  }

  @Override
  public CompletableFuture<Proposal> propose(
      AssistRequest request, Consumer<Phase> hears, CancellationToken cancellation) {
    requests.add(request);
    phases.add(hears);
    cancellations.add(cancellation);
    answers.add(new CompletableFuture<>());
    return answers.getLast();
  }

  public final List<Question> questions = new ArrayList<>();
  final List<CompletableFuture<CitedAnswer>> citedAnswers = new ArrayList<>();

  @Override
  public CompletableFuture<CitedAnswer> ask(
      Question question, Consumer<Phase> hears, CancellationToken cancellation) {
    questions.add(question);
    phases.add(hears);
    cancellations.add(cancellation);
    citedAnswers.add(new CompletableFuture<>());
    return citedAnswers.getLast();
  }

  public final List<NotesQuestion> notesQuestions = new ArrayList<>();

  @Override
  public CompletableFuture<CitedAnswer> ask(
      NotesQuestion question, Consumer<Phase> hears, CancellationToken cancellation) {
    notesQuestions.add(question);
    phases.add(hears);
    cancellations.add(cancellation);
    citedAnswers.add(new CompletableFuture<>());
    return citedAnswers.getLast();
  }

  /** The last question to all documents is answered with this, from the passages it came with. */
  public void answerFromNotes(String text, Finding... findings) {
    NotesQuestion asked = notesQuestions.getLast();
    List<CitedAnswer.Source> sources = new ArrayList<>();
    StringBuilder written = new StringBuilder();
    for (NotePassage found : asked.passages()) {
      int number = sources.size() + 1;
      sources.add(
          new CitedAnswer.Source(
              number,
              found.passage().range(),
              found.passage().text(),
              Optional.of(new CitedAnswer.Note(found.note(), found.title()))));
      written.append(number > 1 ? "\n\n" : "").append("[" + number + "] ");
      written.append(found.note() + " " + found.title() + "\n" + found.passage().text());
    }
    AssistRequest request =
        new AssistRequest(
            QuestionAnswering.ASK_NOTES, written.toString(), asked.words(), asked.seed());
    citedAnswers
        .getLast()
        .complete(new CitedAnswer(proposal(request, text, false, true, findings), sources));
  }

  /** How fast it says that it is, and how often it was measured. */
  Optional<Speed> speed = Optional.empty();

  int measured;

  @Override
  public Optional<Speed> speed() {
    return speed;
  }

  @Override
  public void expect(Speed expected) {
    speed = Optional.of(expected);
  }

  @Override
  public CompletableFuture<Void> measureSpeed() {
    measured++;
    speed = Optional.of(new Speed(100, 20));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Estimate> estimate(AssistRequest request) {
    return CompletableFuture.completedFuture(estimate);
  }

  /** What was asked for last. */
  public AssistRequest lastRequest() {
    return requests.getLast();
  }

  /** Whether the last request is asked to wait. */
  public boolean isPaused() {
    return cancellations.getLast().isPaused();
  }

  /** The last request is told a phase. */
  void tell(Phase phase) {
    phases.getLast().accept(phase);
  }

  /** The last request writes this. */
  void write(String soFar, int tokens, int expected) {
    tell(new Phase.Writing(soFar, Phase.Reached.NOTHING, tokens, expected, 12));
  }

  /** The last request has finished the beginning of the passage with this. */
  public void finish(int original, String soFar) {
    finish(original, soFar, true);
  }

  /** The same where what was finished last did not pass its checks. */
  public void finishBadly(int original, String soFar) {
    finish(original, soFar, false);
  }

  private void finish(int original, String soFar, boolean isSound) {
    Phase.Reached reached = new Phase.Reached(original, soFar.length(), isSound);
    tell(new Phase.Writing(soFar, reached, 10, 50, 12));
  }

  /** The last request ends with this answer. */
  public void answer(String text, Finding... findings) {
    boolean stopped = cancellations.getLast().isCancelled();
    answers.getLast().complete(proposal(text, stopped, !stopped, findings));
  }

  /** The last request was stopped, and what it did not come to is in the answer as it was. */
  public void endStopped(String text) {
    answers.getLast().complete(proposal(text, true, true));
  }

  /**
   * The last question is answered with this, from these passages of its text.
   *
   * @param text with its citations
   */
  public void answerFrom(List<String> passages, String text, Finding... findings) {
    Question asked = questions.getLast();
    List<CitedAnswer.Source> sources = new ArrayList<>();
    StringBuilder written = new StringBuilder();
    for (String passage : passages) {
      int at = asked.text().indexOf(passage);
      sources.add(
          new CitedAnswer.Source(
              sources.size() + 1, new TextRange(at, at + passage.length()), passage));
      written
          .append(written.isEmpty() ? "" : "\n\n")
          .append("[" + sources.size() + "] ")
          .append(passage);
    }
    AssistRequest request =
        new AssistRequest(QuestionAnswering.ASK, written.toString(), asked.words(), asked.seed());
    boolean stopped = cancellations.getLast().isCancelled();
    citedAnswers
        .getLast()
        .complete(new CitedAnswer(proposal(request, text, stopped, !stopped, findings), sources));
  }

  private Proposal proposal(String text, boolean stopped, boolean whole, Finding... findings) {
    return proposal(requests.getLast(), text, stopped, whole, findings);
  }

  private static Proposal proposal(
      AssistRequest request, String text, boolean stopped, boolean whole, Finding... findings) {
    return new Proposal(
        request,
        text,
        List.of(findings),
        stopped,
        whole,
        1,
        "tiny",
        "system: edit\nuser: text",
        "{\"temperature\":0}",
        80,
        60,
        12,
        5.5);
  }
}
