package org.qalam.assist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.qalam.assist.CitedAnswer.Source;
import org.qalam.assist.Finding.Check;
import org.qalam.document.DocumentId;
import org.qalam.document.Sentences;
import org.qalam.document.TextRange;
import org.qalam.search.NotePassage;
import org.qalam.search.Passage;
import org.qalam.search.PassageSearch;
import org.qalam.search.Words;

/**
 * The passages that a question is answered from.
 *
 * @param words the question
 * @param sources as they stand in the text, in its order; those of notes the best note first
 * @param read what the model reads of them: without sentences that would give it orders
 */
record Evidence(String words, long seed, List<Source> sources, List<String> read) {
  Evidence {
    sources = List.copyOf(sources);
    read = List.copyOf(read);
  }

  /** Passages that a small model can hold apart. */
  static final int MOST = 5;

  /** What the model was told to say where the passages do not answer the question. */
  private static final Pattern NOT_SAID =
      Pattern.compile(
          "(?iu)\\A\\W*(?:(?:the )?(?:text|passages?|document)s? (?:does|do) ?(?:not|n['’]t) (?:say|mention|tell|contain|provide|state|specify)"
              + "|not (?:stated|mentioned|said) in the|لا (?:يذكر|يقول|تذكر|تقول) (?:النص|المقاطع))");

  /** Looks for the passages; takes longer the longer the text is. */
  static Evidence of(Question question) {
    List<Passage> found =
        PassageSearch.find(question.words(), question.text(), MOST).stream()
            .sorted(Comparator.comparingInt(passage -> passage.range().start()))
            .toList();
    List<Source> sources = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (Passage passage : found) {
      sources.add(new Source(sources.size() + 1, passage.range(), passage.text()));
      read.add(told(passage.heading(), passage.text()));
    }
    return new Evidence(question.words(), question.seed(), sources, read);
  }

  /** Takes the best of the passages that were found, those of a note together. */
  static Evidence of(NotesQuestion question) {
    Map<DocumentId, List<NotePassage>> notes = new LinkedHashMap<>();
    question.passages().stream()
        .limit(MOST)
        .forEach(found -> notes.computeIfAbsent(found.note(), _ -> new ArrayList<>()).add(found));
    List<Source> sources = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (List<NotePassage> note : notes.values()) {
      note.sort(Comparator.comparingInt(found -> found.passage().range().start()));
      for (NotePassage found : note) {
        Passage passage = found.passage();
        CitedAnswer.Note origin = new CitedAnswer.Note(found.note(), found.title());
        sources.add(
            new Source(sources.size() + 1, passage.range(), passage.text(), Optional.of(origin)));
        boolean saysTitle = passage.text().startsWith(found.title());
        read.add(told(saysTitle ? passage.heading() : found.title(), passage.text()));
      }
    }
    return new Evidence(question.words(), question.seed(), sources, read);
  }

  /** What the model reads of a passage. */
  private static String told(String heading, String text) {
    String words = Orders.without(text);
    return heading.isEmpty() ? words : Orders.without(heading) + ": " + words;
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  private boolean hasOrders() {
    return sources.stream()
        .anyMatch(source -> !Orders.without(source.text()).equals(source.text()));
  }

  /** What the model is asked. */
  AssistRequest request(Action action) {
    List<Source> shown = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      shown.add(new Source(i + 1, sources.get(i).range(), read.get(i)));
    }
    return new AssistRequest(action, CitedAnswer.written(shown), words.strip(), seed);
  }

  /**
   * The model's answer as far as the passages bear it out; where they do not, the text's own
   * sentence that has most of the question's words. Of a stopped answer what is borne out is kept.
   */
  CitedAnswer cited(Proposal answer) {
    List<Finding> findings = new ArrayList<>();
    String said = answer.stopped() ? finished(answer.text()) : answer.text();
    Grounding grounding = Grounding.of(words, said, sources);
    String text = "";
    if (answer.stopped()) {
      text = grounding.text();
    } else if (NOT_SAID.matcher(answer.text()).find()) {
      findings.add(new Finding(Check.NOT_SAID, ""));
    } else {
      boolean isSound = answer.findings().stream().noneMatch(Evidence::isBad);
      String nearest = quotation();
      if (isSound && grounding.isSound() && isAbout(grounding.text(), nearest)) {
        text = grounding.text();
        if (grounding.unsupported() > 0) {
          findings.add(
              new Finding(
                  Check.UNSUPPORTED, grounding.unsupported() + " / " + grounding.sentences()));
        }
      } else {
        // Passages that were found by their meaning may have no word of the question.
        text = nearest;
        findings.add(new Finding(nearest.isEmpty() ? Check.NOT_SAID : Check.QUOTED, ""));
      }
    }
    if (hasOrders()) {
      findings.add(new Finding(Check.ORDERS, ""));
    }
    return new CitedAnswer(with(answer, text, findings), sources);
  }

  /** Without a last sentence that has no end. */
  private static String finished(String text) {
    List<TextRange> parts = Sentences.parts(text);
    boolean isWhole = parts.isEmpty() || Sentences.ends(parts.getLast().of(text));
    return isWhole ? text : text.substring(0, parts.getLast().start());
  }

  /** What is not in the passages is left out anyway. */
  private static boolean isBad(Finding finding) {
    return finding.isFault() && finding.check() != Check.ADDED;
  }

  /**
   * Whether an answer speaks of what was asked: it has a word of the question, or half of its own
   * words are in the text's sentence that is nearest to it.
   */
  private boolean isAbout(String answer, String nearest) {
    Set<String> said = new HashSet<>(Words.of(CitedAnswer.uncited(answer)));
    Set<String> asked = Set.copyOf(Words.of(words));
    Set<String> there = Set.copyOf(Words.of(nearest));
    return said.stream().anyMatch(asked::contains)
        || 2 * said.stream().filter(there::contains).count() >= said.size();
  }

  private static String quoted(String sentence) {
    boolean isArabic = Languages.of(sentence).filter("ar"::equals).isPresent();
    return isArabic ? "«" + sentence + "»" : "“" + sentence + "”";
  }

  private String quotation() {
    Map<Passage, Integer> numbers = new LinkedHashMap<>();
    for (Source source : sources) {
      for (String line : Orders.without(source.text()).split("\n", -1)) {
        for (TextRange range : Sentences.parts(line)) {
          String sentence = range.of(line).strip();
          if (!sentence.equals(Orders.GAP)) {
            numbers.putIfAbsent(new Passage(source.range(), sentence, ""), source.number());
          }
        }
      }
    }
    return PassageSearch.best(words, List.copyOf(numbers.keySet()), 1).stream()
        .findFirst()
        .map(best -> quoted(best.text()) + " [" + numbers.get(best) + "]")
        .orElse("");
  }

  /** The text as the history keeps it has the passages as they stand in the text. */
  private Proposal with(Proposal answer, String text, List<Finding> findings) {
    AssistRequest asked = answer.request();
    return new Proposal(
        new AssistRequest(
            asked.action(), CitedAnswer.written(sources), asked.instruction(), asked.seed()),
        text,
        findings,
        answer.stopped(),
        answer.whole(),
        answer.attempts(),
        answer.model(),
        answer.prompt(),
        answer.parameters(),
        answer.promptTokens(),
        answer.newTokens(),
        answer.tokensPerSecond(),
        answer.seconds());
  }

  /** The answer where no passage was found, without a model. */
  CitedAnswer none(Action action, String model) {
    Finding nothing = new Finding(Check.NOT_SAID, "");
    return new CitedAnswer(
        new Proposal(
            request(action), "", List.of(nothing), false, true, 0, model, "", "{}", 0, 0, 0, 0),
        List.of());
  }
}
