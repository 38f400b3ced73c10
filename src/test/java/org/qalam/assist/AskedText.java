package org.qalam.assist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A question of {@code src/benchmark/questions.txt}.
 *
 * @param kind {@code answer}, {@code none} or {@code order}
 * @param right words of which a right answer has one
 * @param forbidden words, in small letters, that an answer has where a model followed an order
 */
record AskedText(
    String kind, String text, String question, List<String> right, List<String> forbidden) {
  static List<AskedText> all() throws IOException {
    List<AskedText> all = new ArrayList<>();
    String file = Files.readString(Path.of("src/benchmark/questions.txt"));
    for (String block : file.split("(?m)^== ", -1)) {
      if (block.startsWith("#")) {
        continue;
      }
      List<String> lines = block.lines().toList();
      String kind = lines.getFirst().split(" ", -1)[0];
      int from = 1;
      while (!lines.get(from).startsWith("? ")) {
        from++;
      }
      String text = String.join("\n", lines.subList(1, from)).strip();
      for (String question :
          String.join("\n", lines.subList(from, lines.size())).split("\\? ", -1)) {
        if (!question.isBlank()) {
          all.add(
              new AskedText(
                  kind,
                  text,
                  question.lines().findFirst().orElseThrow(),
                  words(question, "+ "),
                  words(question.toLowerCase(Locale.ROOT), "- ")));
        }
      }
    }
    return all;
  }

  private static List<String> words(String question, String mark) {
    return question
        .lines()
        .filter(line -> line.startsWith(mark))
        .flatMap(line -> List.of(line.substring(mark.length()).split("[|]", -1)).stream())
        .toList();
  }
}
