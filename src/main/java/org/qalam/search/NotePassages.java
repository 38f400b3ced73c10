package org.qalam.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

/**
 * Finds the passages of all notes that may answer a question: those that have its words, and those
 * that are near its meaning. Each is held against both, so that what has one word of many in it, or
 * is about something else, is none. Confined to the search's thread.
 */
final class NotePassages {
  /** Notes that are looked through because of their words. */
  private static final int NOTES = 12;

  /** Passages that are looked at because of their words. */
  private static final int BY_WORDS = 8;

  /** Parts of notes that are looked through because of their meaning. */
  private static final int PARTS = 4;

  /**
   * Which share of what the question's words tell a passage has to have. These three numbers were
   * chosen on the questions of docs/search.md and on 44 that no note answers.
   */
  private static final double ENOUGH = 0.5;

  /** The same where the question's meaning is not known. */
  private static final double ENOUGH_BY_WORDS = 0.35;

  /** Or else how near to the question's meaning it has to be: the cosine between them. */
  private static final double NEAR = 0.34;

  private final NoteIndex index;
  private final Optional<Meanings> meanings;

  NotePassages(NoteIndex index, Optional<Meanings> meanings) {
    this.index = index;
    this.meanings = meanings;
  }

  /**
   * A passage that may say something.
   *
   * @param share of what the question's words tell that is in it, 0 to 1
   * @param cosine of the angle to the question's meaning; 0 where that is not known
   */
  private record Candidate(NotePassage found, double share, double cosine) {
    double score() {
      return share + cosine;
    }

    boolean isEnough(boolean isMeaningKnown) {
      return share >= (isMeaningKnown ? ENOUGH : ENOUGH_BY_WORDS) || cosine >= NEAR;
    }
  }

  /**
   * The passages, the best first.
   *
   * @param near parts that are near the question's meaning, the nearest first
   * @return none where no note says anything about it
   */
  List<NotePassage> find(NoteQuery asked, List<NoteVectors.Near> near, int most) {
    return candidates(asked, near).stream()
        .limit(most)
        .filter(each -> each.isEnough(!near.isEmpty()))
        .map(Candidate::found)
        .toList();
  }

  private List<Candidate> candidates(NoteQuery asked, List<NoteVectors.Near> near) {
    List<DocumentId> byWords = index.search(asked, NOTES).stream().map(Hit::id).toList();
    List<NoteVectors.Near> nearest = near.subList(0, Math.min(PARTS, near.size()));
    Set<DocumentId> ids = new LinkedHashSet<>(byWords);
    nearest.forEach(part -> ids.add(part.id()));
    Map<DocumentId, List<NotePassage>> read = new LinkedHashMap<>();
    index.read(ids).forEach(note -> read.put(note.id(), passages(note)));
    Set<NotePassage> all = new LinkedHashSet<>(withWords(asked.words(), byWords, read));
    for (NoteVectors.Near part : nearest) {
      read.getOrDefault(part.id(), List.of()).stream()
          .filter(passage -> isIn(passage.passage().range(), part.range()))
          .forEach(all::add);
    }
    QuestionWords words = index.weigh(asked.words());
    Optional<NoteVectors.Vector> meaning =
        near.isEmpty() ? Optional.empty() : vector(asked.words());
    List<Candidate> candidates = new ArrayList<>();
    for (NotePassage each : all) {
      String said = said(each);
      double cosine =
          meaning.flatMap(question -> vector(said).map(question::times)).orElse(0f).doubleValue();
      candidates.add(new Candidate(each, words.shareIn(said), cosine));
    }
    candidates.sort(Comparator.comparingDouble((Candidate each) -> -each.score()));
    return candidates;
  }

  private Optional<NoteVectors.Vector> vector(String words) {
    return meanings.flatMap(known -> known.vector(words));
  }

  private static List<NotePassage> passages(Note note) {
    return Passages.of(note.text()).stream()
        .map(passage -> new NotePassage(note.id(), note.title(), passage))
        .toList();
  }

  /** Of all passages of these notes those that have most of the words. */
  private static List<NotePassage> withWords(
      String question, List<DocumentId> notes, Map<DocumentId, List<NotePassage>> read) {
    List<NotePassage> all = new ArrayList<>();
    List<Passage> texts = new ArrayList<>();
    for (DocumentId id : notes) {
      for (NotePassage each : read.getOrDefault(id, List.of())) {
        all.add(each);
        Passage passage = each.passage();
        String heading = (each.title() + "\n" + passage.heading()).strip();
        // Its place among all, to be told from an equal one of another note.
        texts.add(new Passage(new TextRange(texts.size(), texts.size()), passage.text(), heading));
      }
    }
    return PassageSearch.best(question, texts, BY_WORDS).stream()
        .map(found -> all.get(found.range().start()))
        .toList();
  }

  private static boolean isIn(TextRange inner, TextRange outer) {
    return inner.start() >= outer.start() && inner.end() <= outer.end();
  }

  /** What a passage says to who reads it in its note. */
  private static String said(NotePassage found) {
    Passage passage = found.passage();
    StringBuilder said = new StringBuilder();
    if (!passage.text().startsWith(found.title())) {
      said.append(found.title()).append('\n');
    }
    if (!passage.heading().equals(found.title()) && !passage.heading().isEmpty()) {
      said.append(passage.heading()).append('\n');
    }
    return said.append(passage.text()).toString();
  }
}
