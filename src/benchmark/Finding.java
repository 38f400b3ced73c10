import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qalam.app.MiniLmVectors;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.search.NoteSearch;

/**
 * How often the note that answers a question of notes.txt is among the first five, and how often
 * the first: by words alone, and by words and meaning (docs/search.md).
 *
 * <p>Run after {@code mvn package}: {@code src/benchmark/finding [--show]}.
 */
final class Finding {
  private record Question(boolean isInOwnWords, String words, DocumentId answer) {}

  public static void main(String[] args) throws Exception {
    boolean show = Arrays.asList(args).contains("--show");
    List<Document> documents = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    read(documents, questions);
    Map<DocumentId, Document> byId =
        documents.stream().collect(Collectors.toMap(Document::id, Function.identity()));
    List<DocumentSummary> list =
        documents.stream()
            .map(each -> new DocumentSummary(each.id(), each.title(), "", 1, each.created(), each.modified()))
            .toList();
    NoteSearch.Source source =
        ids -> CompletableFuture.completedFuture(ids.stream().map(byId::get).toList());
    Path kept = Files.createTempDirectory("vectors").resolve("vectors");
    try (NoteSearch words = new NoteSearch(source);
        NoteSearch both =
            new NoteSearch(source, MiniLmVectors::load, MiniLmVectors.NAME, kept, () -> false)) {
      words.follow(list).join();
      both.follow(list).join();
      long start = System.nanoTime();
      both.awaitMeanings();
      System.out.printf(
          "%d notes, %d questions; meanings computed in %.1f s%n",
          documents.size(), questions.size(), (System.nanoTime() - start) / 1e9);
      System.out.printf("%-22s %9s %12s %18s%n", "", "questions", "words alone", "words and meaning");
      for (boolean isInOwnWords : new boolean[] {true, false}) {
        int all = 0;
        int[][] counts = new int[2][2];
        for (Question question : questions) {
          if (question.isInOwnWords == isInOwnWords) {
            all++;
            int byWords = place(words, question);
            int byBoth = place(both, question);
            count(counts[0], byWords);
            count(counts[1], byBoth);
            if (show && (byWords >= 5 || byWords < 0 || byBoth >= 5 || byBoth < 0)) {
              System.out.printf(
                  "%4d %4d  %s  (%s)%n",
                  byWords + 1, byBoth + 1, question.words, byId.get(question.answer).title());
            }
          }
        }
        for (int first = 0; first < 2; first++) {
          System.out.printf(
              "%-22s %9d %12.2f %18.2f%n",
              (first == 0 ? "recall@5, " : "first, ") + (isInOwnWords ? "own words" : "others"),
              all,
              (double) counts[0][first] / all,
              (double) counts[1][first] / all);
        }
      }
      List<Double> times = new ArrayList<>();
      for (Question question : questions) {
        long asked = System.nanoTime();
        int _ = both.search(question.words, 20).join().size();
        times.add((System.nanoTime() - asked) / 1e6);
      }
      times.sort(null);
      System.out.printf("a question takes %.1f ms (median)%n", times.get(times.size() / 2));
    }
  }

  private static void count(int[] counts, int place) {
    counts[0] += place >= 0 && place < 5 ? 1 : 0;
    counts[1] += place == 0 ? 1 : 0;
  }

  private static int place(NoteSearch search, Question question) {
    return search.search(question.words + " ", 30).join().stream()
        .map(hit -> hit.id())
        .toList()
        .indexOf(question.answer);
  }

  private static void read(List<Document> documents, List<Question> questions) throws Exception {
    for (String block : Files.readString(Path.of("src/benchmark/notes.txt")).split("(?m)^== ")) {
      if (block.isBlank() || block.startsWith("#")) {
        continue;
      }
      List<String> lines = block.lines().toList();
      DocumentId id = DocumentId.random();
      Instant time = Instant.ofEpochSecond(1_760_000_000L + documents.size());
      String text =
          lines.stream().skip(1).filter(line -> !line.matches("[?=] .*")).collect(Collectors.joining("\n"));
      documents.add(new Document(id, lines.getFirst(), text, 1, 0, time, time));
      lines.stream()
          .filter(line -> line.matches("[?=] .*"))
          .forEach(line -> questions.add(new Question(line.startsWith("="), line.substring(2), id)));
    }
  }
}
