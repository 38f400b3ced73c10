package org.qalam.assist;

/** How much two texts differ: the letters to add, to leave out or to change (Levenshtein, 1966). */
final class Likeness {
  private Likeness() {}

  /** Letters that differ between two words. */
  static int distance(String one, String other) {
    return distances(one, other)[other.length()];
  }

  /** Letters that differ between some words and the beginning of a text that is most like them. */
  static int distanceToBeginning(String words, String text) {
    int nearest = words.length();
    for (int distance : distances(words, text)) {
      nearest = Math.min(nearest, distance);
    }
    return nearest;
  }

  /** Distances between a text and the beginnings of another, by their lengths. */
  private static int[] distances(String text, String other) {
    int[] distances = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      distances[j] = j;
    }
    for (int i = 1; i <= text.length(); i++) {
      int diagonal = distances[0];
      distances[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (text.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = distances[j];
        distances[j] = Math.min(changed, 1 + Math.min(distances[j], distances[j - 1]));
      }
    }
    return distances;
  }
}
