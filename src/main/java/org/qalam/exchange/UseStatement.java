package org.qalam.exchange;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.qalam.document.Decision;
import org.qalam.document.Output;
import org.qalam.document.TextSummary;
import org.qalam.language.Sentences;

/**
 * A statement of how a model was used for a document, in Markdown: what was asked of which model
 * when, and what the writer took of it. Belongs to no thread.
 */
public final class UseStatement {
  private static final String BUNDLE = "org.qalam.exchange.statement";

  private final Sentences words;
  private final DateTimeFormatter time;
  private final UnaryOperator<String> actionName;
  private final StringBuilder text = new StringBuilder();

  private UseStatement(Locale locale, ZoneId zone, UnaryOperator<String> actionName) {
    this.words = Sentences.of(BUNDLE, locale);
    this.time =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(locale)
            .withZone(zone);
    this.actionName = actionName;
  }

  /**
   * Writes the statement.
   *
   * @param outputs all that was proposed for the document, in any order
   * @param decisions the writer's, oldest first
   * @param actionName a name for people, by an action's id
   */
  public static String of(
      String title,
      List<Output> outputs,
      List<Decision> decisions,
      Locale locale,
      ZoneId zone,
      UnaryOperator<String> actionName) {
    return new UseStatement(locale, zone, actionName).write(title, outputs, decisions);
  }

  private String write(String title, List<Output> outputs, List<Decision> decisions) {
    line("# " + say("title", title.isBlank() ? say("untitled") : title));
    line("");
    line(say(outputs.isEmpty() ? "nothing" : "what"));
    List<Output> inOrder = outputs.stream().sorted(Comparator.comparing(Output::created)).toList();
    for (Output output : inOrder) {
      List<Decision> about = about(output.id(), decisions);
      line("");
      line("## " + time.format(output.created()) + ": " + actionName.apply(output.action()));
      line("");
      if (!output.instruction().isBlank()) {
        line("- " + say("asked", flat(output.instruction())));
      }
      line("- " + say("model", output.model()));
      line(
          "- "
              + say(
                  "length",
                  TextSummary.countWords(output.original()),
                  TextSummary.countWords(output.text())));
      about.forEach(this::tell);
      if (about.isEmpty()) {
        line("- " + say("fate." + output.fate().name()));
      }
    }
    return text.toString();
  }

  private static List<Decision> about(UUID output, List<Decision> decisions) {
    return decisions.stream().filter(decision -> decision.output().equals(output)).toList();
  }

  private void tell(Decision decision) {
    boolean isWhole = decision.before().isEmpty() && decision.after().isEmpty();
    String change =
        isWhole
            ? say("verdict." + decision.verdict().name())
            : say(
                decision.before().isBlank()
                    ? "insertion"
                    : decision.after().isBlank() ? "deletion" : "change",
                say("verdict." + decision.verdict().name()),
                flat(decision.before()),
                flat(decision.after()));
    line("- " + say("at", change, time.format(decision.made())));
  }

  private String say(String key, Object... values) {
    return words.get(key, values);
  }

  private void line(String words) {
    text.append(words).append('\n');
  }

  private static String flat(String words) {
    return words.strip().replaceAll("\\s*\\n\\s*", " ¶ ");
  }
}
