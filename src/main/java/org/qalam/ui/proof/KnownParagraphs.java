package org.qalam.ui.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qalam.document.TextRange;
import org.qalam.proof.Remark;

/**
 * What was found in paragraphs, by their text: a paragraph that comes back, as by undo, is known
 * already, and a late answer is about the text that it was made for. While a paragraph is being
 * written its remarks move along, until it is checked anew. Confined to one thread.
 */
final class KnownParagraphs {
  /** Enough for a long text; the paragraphs that were not looked at longest are forgotten. */
  private static final int MOST = 4_000;

  /**
   * @param language ISO 639-1; empty where it was not told
   * @param isChecked false where the remarks are those of the text before
   */
  record Known(List<Remark> remarks, String language, boolean isChecked) {
    Known {
      remarks = List.copyOf(remarks);
    }
  }

  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  Optional<Known> find(String paragraph) {
    return Optional.ofNullable(known.get(paragraph));
  }

  void checked(String paragraph, List<Remark> remarks, String language) {
    known.put(paragraph, new Known(remarks, language, true));
  }

  void clear() {
    known.clear();
  }

  /**
   * Some paragraphs have changed in one place.
   *
   * @param before their text before, whole paragraphs
   * @param at where in it {@code removed} characters went and {@code inserted} came
   */
  void edited(String before, int at, int removed, String inserted) {
    int shift = inserted.length() - removed;
    String after = before.substring(0, at) + inserted + before.substring(at + removed);
    List<Remark> left = new ArrayList<>();
    String language = "";
    int start = 0;
    for (String paragraph : before.split("\n", -1)) {
      Known found = known.get(paragraph);
      if (found != null) {
        language = found.language.isEmpty() ? language : found.language;
        for (Remark remark : found.remarks) {
          Remark there = remark.moved(start);
          if (there.range().end() <= at) {
            left.add(there);
          } else if (there.range().start() >= at + removed) {
            left.add(there.moved(shift));
          }
        }
      }
      start += paragraph.length() + 1;
    }
    left.removeIf(remark -> !isWhole(after, remark.range()));
    start = 0;
    for (String paragraph : after.split("\n", -1)) {
      int end = start + paragraph.length();
      if (!known.containsKey(paragraph)) {
        int from = start;
        known.put(
            paragraph,
            new Known(
                left.stream()
                    .filter(remark -> remark.range().start() >= from && remark.range().end() <= end)
                    .map(remark -> remark.moved(-from))
                    .toList(),
                language,
                false));
      }
      start = end + 1;
    }
  }

  /** Whether the words still end where they did: a letter beside them makes another word. */
  private static boolean isWhole(String text, TextRange words) {
    return !(isLetter(text, words.start() - 1) && isLetter(text, words.start()))
        && !(isLetter(text, words.end() - 1) && isLetter(text, words.end()));
  }

  private static boolean isLetter(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }
}
