package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.document.Output;
import org.qalam.ui.diff.MarkedText;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.StyledLine;

/** An answer as paragraphs to read: its changes, its result, its original, or how it was made. */
final class DiffText {
  private DiffText() {}

  /** Which text of an answer is shown. */
  enum Side {
    CHANGES,
    RESULT,
    ORIGINAL
  }

  static List<StyledLine> paragraphs(Answer answer, Side side, Messages messages) {
    return switch (side) {
      case RESULT -> answer.isCited() ? cited(answer.text()) : StyledLine.plain(answer.text());
      case ORIGINAL -> StyledLine.plain(answer.original());
      case CHANGES ->
          answer.isOtherText()
              ? bothWhole(answer, messages)
              : MarkedText.of(answer.diff().pieces());
    };
  }

  private static final Pattern CITATION = Pattern.compile("(?:\\[[0-9]{1,2}])+");

  /** An answer whose citations stand out from its words. */
  private static List<StyledLine> cited(String text) {
    List<StyledLine> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      List<StyledLine.Run> runs = new ArrayList<>();
      Matcher marks = CITATION.matcher(line);
      int from = 0;
      while (marks.find()) {
        runs.add(new StyledLine.Run(line.substring(from, marks.start()), ""));
        runs.add(new StyledLine.Run(marks.group(), "citation"));
        from = marks.end();
      }
      runs.add(new StyledLine.Run(line.substring(from), ""));
      runs.removeIf(run -> run.text().isEmpty());
      lines.add(StyledLine.paragraph(runs, ""));
    }
    return lines;
  }

  /** The new text above the old one: where most words changed, single marks are confetti. */
  private static List<StyledLine> bothWhole(Answer answer, Messages messages) {
    List<StyledLine> both = new ArrayList<>();
    both.add(heading(messages.get("diff.new")));
    both.addAll(StyledLine.plain(answer.text()));
    both.add(heading(""));
    both.add(heading(messages.get("diff.old")));
    for (StyledLine line : StyledLine.plain(answer.original())) {
      both.add(new StyledLine(line.runs(), "old", line.isRightToLeft()));
    }
    return both;
  }

  /** When, by which model and from which words an answer was made. */
  static List<StyledLine> details(Output output, Phrases phrases, Messages messages) {
    List<StyledLine> lines = new ArrayList<>();
    lines.add(heading(messages.get("details")));
    lines.addAll(
        StyledLine.plain(
            String.join(
                "\n",
                messages.get("details.model", output.model()),
                messages.get(
                    "details.time",
                    phrases.dateAndTime(output.created()),
                    phrases.duration(output.seconds())),
                messages.get("details.tokens", output.promptTokens(), output.newTokens()),
                messages.get(
                    "details.sampling",
                    output.parameters().replaceAll("[{}\"]", "").replaceAll("([:,])", "$1 ")))));
    if (!output.prompt().isBlank()) {
      lines.add(heading(""));
      lines.add(heading(messages.get("details.prompt")));
      lines.addAll(StyledLine.plain(output.prompt()));
    }
    return lines;
  }

  private static StyledLine heading(String text) {
    return StyledLine.paragraph(List.of(new StyledLine.Run(text, "")), "heading");
  }
}
