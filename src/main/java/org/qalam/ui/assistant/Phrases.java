package org.qalam.ui.assistant;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.qalam.assist.Action;
import org.qalam.assist.Assistant;
import org.qalam.assist.Comparison;
import org.qalam.assist.Finding;
import org.qalam.assist.Interrupted;
import org.qalam.assist.Languages;
import org.qalam.assist.Phase;
import org.qalam.assist.QuestionAnswering;
import org.qalam.assist.Tally;
import org.qalam.document.Output;
import org.qalam.document.TextSummary;
import org.qalam.ui.text.Messages;

/** Puts the panel's facts into words. */
final class Phrases {
  private static final int MINUTE = 60;

  /** Beyond this many seconds people think in minutes. */
  private static final int LONG = 90;

  /** So many missing things are named. */
  private static final int SOME = 3;

  private final Messages messages;

  Phrases(Messages messages) {
    this.messages = messages;
  }

  String action(Action action, String instruction) {
    if (instruction.isBlank()) {
      return name(action);
    }
    return language(action, instruction)
        .map(language -> messages.get("action.into", name(action), language))
        .orElseGet(() -> messages.get("quoted", instruction.strip().replace('\n', ' ')));
  }

  /** The name of the language that an action was asked for, rather than words about an answer. */
  private static Optional<String> language(Action action, String instruction) {
    return action.needsLanguage()
        ? Languages.coded(instruction).map(Phrases::language)
        : Optional.empty();
  }

  /** An action's name. */
  String name(Action action) {
    return action.isOwn() ? action.name() : actionNamed(action.id());
  }

  String actionNamed(String id) {
    return messages.getOr("action." + id, id);
  }

  String subject(Subject subject) {
    return messages.get("subject." + subject.kind().name(), subject.words());
  }

  /** What there is to say, in one line. */
  String joined(String... parts) {
    return Stream.of(parts)
        .filter(part -> !part.isEmpty())
        .reduce((one, other) -> messages.get("joined", one, other))
        .orElse("");
  }

  /** How many proposals there will be where more than one is wanted, or why only one. */
  String proposals(ProposalCount count, Action action, int characters) {
    int wanted = count.wantedProperty().get();
    return wanted == 1
        ? ""
        : count
            .onlyOne(action, characters)
            .map(why -> messages.get("proposals.only." + why.name(), name(action)))
            .orElseGet(() -> messages.get("proposals", wanted));
  }

  /** A proposal that is being made behind another one. */
  String coming(FurtherProposals.Coming now) {
    String step =
        now.isPaused()
            ? messages.get("step.paused", TextSummary.countWords(now.work().text()))
            : plainStep(now.work());
    return joined(messages.get("proposals.place", now.number(), now.all()), step);
  }

  /**
   * What a request takes of the model's context and how long it takes here, as far as known.
   *
   * @param proposals how many are made, one after the other
   */
  String estimate(Assistant.Estimate estimate, int proposals) {
    List<String> parts = new ArrayList<>();
    if (estimate.parts() > 1) {
      parts.add(messages.get("estimate.parts", estimate.parts()));
    } else if (estimate.promptTokens() > 0) {
      parts.add(messages.get("estimate.context", estimate.share()));
    }
    if (!Double.isNaN(estimate.seconds())) {
      parts.add(messages.get("estimate", duration(proposals * estimate.seconds())));
    }
    return parts.stream().reduce((one, other) -> messages.get("joined", one, other)).orElse("");
  }

  /** What can be taken up again, and how much of it is done. */
  String unfinished(Interrupted found) {
    String action =
        found.instruction().isBlank()
            ? actionNamed(found.action())
            : messages.get("quoted", found.instruction().strip().replace('\n', ' '));
    return messages.get("unfinished", action, Math.round(100 * found.share()));
  }

  String tooLong(Assistant.Estimate estimate) {
    return messages.get(
        "too-long", estimate.promptTokens() + estimate.expectedTokens(), estimate.contextLength());
  }

  /** A time that nobody needs to the second. */
  String duration(double seconds) {
    if (seconds < 1) {
      return messages.get("duration.instant");
    }
    if (seconds < LONG) {
      double step = seconds < 10 ? 1 : 5;
      return messages.get("duration.seconds", Math.round(seconds / step) * step);
    }
    return messages.get("duration.minutes", Math.round(seconds / MINUTE));
  }

  /** What is going on, in one phrase. */
  String step(PanelState.Working working) {
    Work work = working.work();
    if (working.isHeld()) {
      return messages.get("step.paused", TextSummary.countWords(work.text()));
    }
    switch (working.pace()) {
      case STOPPING -> {
        return messages.get("step.stopping");
      }
      case PAUSED -> {
        return messages.get("step.loading.paused");
      }
      case RUNNING -> {}
    }
    boolean isAnswering =
        work.step() == Work.Step.WRITING
            && (working.isAbout(QuestionAnswering.ASK)
                || working.isAbout(QuestionAnswering.ASK_NOTES));
    String step = isAnswering ? messages.get("step.answering") : plainStep(work);
    String reviewed =
        work.step() == Work.Step.WRITING
            ? working
                .review()
                .map(review -> messages.get("changes.open", review.total(), review.accepted()))
                .orElse("")
            : "";
    String first =
        working.proposals() > 1 ? messages.get("proposals.place", 1, working.proposals()) : "";
    return joined(first, work.part().map(this::part).orElse(""), step, reviewed);
  }

  private String part(Phase.Part part) {
    return part.isJoining()
        ? messages.get("step.joining", part.number(), part.all())
        : messages.get("step.part", part.number(), part.all());
  }

  private String plainStep(Work work) {
    return switch (work.step()) {
      case STARTING -> messages.get("step.starting");
      case LOADING -> messages.get("step.loading");
      case READING ->
          work.total() > 0
              ? messages.get("step.reading", work.done(), work.total())
              : messages.get("step.reading.some");
      case WRITING -> messages.get("step.writing", TextSummary.countWords(work.text()));
    };
  }

  /** What a check found in an answer. */
  String finding(Answer answer, Finding finding) {
    String key = "finding." + finding.check().name();
    String told =
        finding.detail().isBlank()
            ? messages.get(key)
            : messages.getOr(key + ".detail", messages.get(key), finding.detail());
    if (!answer.isFromNotes()) {
      return told;
    }
    String all = messages.getOr(key + ".notes", told, finding.detail());
    return answer.sources().isEmpty() ? messages.getOr(key + ".notes.none", all) : all;
  }

  /** What plain code found when it compared an answer with its text, in one line. */
  String comparison(Answer answer) {
    Comparison found = answer.comparison();
    List<String> parts = new ArrayList<>();
    if (found.language().isPresent() && found.languageAfter().isPresent()) {
      parts.add(
          found.keepsLanguage()
              ? messages.get("checks.language", language(found.language().get()))
              : messages.get(
                  "checks.language.other",
                  language(found.language().get()),
                  language(found.languageAfter().get())));
    }
    boolean isSummary = answer.action().result() == Action.Result.PANEL;
    for (Tally tally : found.tallies()) {
      String told = messages.get("checks." + tally.kind().name(), tally.kept(), tally.all());
      if (!tally.isWhole()) {
        List<String> some = tally.missing().subList(0, Math.min(SOME, tally.missing().size()));
        String more = tally.missing().size() > SOME ? "…" : "";
        told =
            messages.get(
                isSummary ? "checks.added" : "checks.missing",
                told,
                String.join(", ", some) + more);
      }
      parts.add(told);
    }
    found
        .lengthChange()
        .ifPresent(percent ->
            parts.add(
                percent == 0
                    ? messages.get("checks.length.same")
                    : messages.get(
                        "checks.length", (percent > 0 ? "+" : "−") + Math.abs(percent))));
    return parts.stream().reduce((one, other) -> messages.get("joined", one, other)).orElse("");
  }

  /** A language's name in the writer's. */
  static String language(String code) {
    return Locale.of(code).getDisplayLanguage();
  }

  /** Why a second attempt is made. */
  String retry(Finding because) {
    return messages.get("retry." + because.check().name());
  }

  String fate(Output.Fate fate) {
    return messages.get("fate." + fate.name());
  }

  String dateAndTime(Instant instant) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(Locale.getDefault(Locale.Category.FORMAT))
        .format(instant.atZone(ZoneId.systemDefault()));
  }

  /** The time of today, the date of other days. */
  String time(Instant instant) {
    Locale locale = Locale.getDefault(Locale.Category.FORMAT);
    var local = instant.atZone(ZoneId.systemDefault());
    return local.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault()))
        ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale).format(local)
        : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(local);
  }
}
