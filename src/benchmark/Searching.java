import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.qalam.app.MiniLmVectors;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.TextSummary;
import org.qalam.search.NoteSearch;

/**
 * How long the words of many notes take to be read into memory, how much of it they take, and how
 * long a search takes at each letter of a question (docs/search.md).
 *
 * <p>Run after {@code mvn package}: {@code src/benchmark/searching [NOTES] [--meaning]}. With the
 * latter each part of a note has a vector by chance, and three words are compared with all of them;
 * then sentences of eight words are looked for, while the model computes the vector of an English
 * one. The notes are made up: 50 to 450 words each, from 40,000 words as frequent as in a language
 * (Zipf), a tenth of them Arabic.
 */
final class Searching {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int WORDS = 40_000;

  /** What the model is given in a question's place: made-up words come apart in too many pieces. */
  private static final String ENGLISH_QUESTION = "where did the old heating break last winter";

  /** Characters of a question, at most; parts of notes are longer. */
  private static final int QUESTION = 120;

  private static final String ENGLISH = "eaoitnshrdlucmfwygpbvk";
  private static final String ARABIC = "البيمتنرهدوسكعقفحجشصط";

  private final Random random = new Random(42);
  private final String[] words = new String[WORDS];
  private final double[] sums = new double[WORDS]; // of the frequencies up to a word

  private Searching() {
    double sum = 0;
    for (int i = 0; i < WORDS; i++) {
      String letters = i % 10 == 9 ? ARABIC : ENGLISH;
      words[i] = word(letters) + (i % 10 == 9 ? "" : List.of("", "", "s", "ing", "ed", "ly").get(i % 6));
      sum += 1.0 / (i + 2);
      sums[i] = sum;
    }
  }

  private String word(String letters) {
    StringBuilder word = new StringBuilder();
    int length = 2 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      double skewed = Math.pow(random.nextDouble(), 1.5);
      word.append(letters.charAt((int) (skewed * letters.length())));
    }
    return word.toString();
  }

  private String any() {
    int at = Arrays.binarySearch(sums, random.nextDouble() * sums[WORDS - 1]);
    return words[Math.min(WORDS - 1, at < 0 ? -at - 1 : at)];
  }

  private String text() {
    StringBuilder text = new StringBuilder("# " + any() + " " + any() + "\n\n");
    int length = 50 + random.nextInt(400);
    for (int i = 0; i < length; i++) {
      text.append(any()).append(i % 60 == 59 ? ".\n\n" : i % 12 == 11 ? ". " : " ");
    }
    return text.append("#").append(words[random.nextInt(40)]).toString();
  }

  public static void main(String[] args) throws Exception {
    boolean meaning = Arrays.asList(args).contains("--meaning");
    int count = args.length > 0 && !args[0].startsWith("--") ? Integer.parseInt(args[0]) : 10_000;
    new Searching().run(count, meaning);
  }

  /** Takes no time, so that what comparing takes is seen. */
  private static float[] anyVector(String text) {
    Random random = new Random(text.hashCode());
    float[] vector = new float[384];
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
      sum += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(sum);
    }
    return vector;
  }

  /** As long as a person might ask. */
  private String sentence() {
    StringBuilder sentence = new StringBuilder("where");
    while (sentence.toString().split(" ").length < 8) {
      String word = any();
      sentence.append(sentence.length() + word.length() < QUESTION - 10 ? " " + word : " a");
    }
    return sentence.append(' ').toString();
  }

  private void sentences(NoteSearch search, int count) {
    List<Double> times = new ArrayList<>();
    long cpu = 0;
    for (int i = 0; i < count + 30; i++) {
      if (i == 30) {
        cpu = PROCESS.getProcessCpuTime();
      }
      String sentence = sentence();
      long start = System.nanoTime();
      int _ = search.search(sentence, 30).join().size();
      if (i >= 30) { // until it is compiled
        times.add((System.nanoTime() - start) / 1e6);
      }
    }
    double processor = (PROCESS.getProcessCpuTime() - cpu) / 1e6 / count;
    times.sort(null);
    System.out.printf(
        "%d sentences of 8 words: %.1f ms of all processors; by the clock: median %.1f ms, 95th percentile %.1f ms, longest %.1f ms%n",
        times.size(),
        processor,
        times.get(times.size() / 2),
        times.get(times.size() * 95 / 100),
        times.getLast());
  }

  private void run(int count, boolean meaning) throws Exception {
    List<Document> documents = new ArrayList<>();
    List<DocumentSummary> list = new ArrayList<>();
    long characters = 0;
    for (int i = 0; i < count; i++) {
      String text = text();
      characters += text.length();
      DocumentId id = DocumentId.random();
      Instant time = Instant.ofEpochSecond(1_760_000_000 - i * 3600L);
      TextSummary summary = TextSummary.of("", text);
      documents.add(new Document(id, "", text, 1, 0, time, time));
      list.add(new DocumentSummary(id, summary.title(), summary.preview(), summary.words(), time, time));
    }
    var byId = documents.stream().collect(Collectors.toMap(Document::id, document -> document));
    long before = used();
    NoteSearch.Source source =
        ids -> CompletableFuture.completedFuture(ids.stream().map(byId::get).toList());
    NoteSearch search =
        meaning
            ? new NoteSearch(
                source,
                () -> {
                  MiniLmVectors model = MiniLmVectors.load();
                  return text ->
                      text.length() <= QUESTION ? model.of(ENGLISH_QUESTION) : anyVector(text);
                },
                "any",
                Files.createTempDirectory("vectors").resolve("vectors"),
                () -> false)
            : new NoteSearch(source);
    long start = System.nanoTime();
    search.follow(list).join();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%,d notes, %,d characters: read in %.1f s (%.1f s of the processor), %d MB of memory%n",
        count,
        characters,
        seconds,
        THREADS.getThreadCpuTime(thread("reading notes")) / 1e9,
        (used() - before) >> 20);
    if (meaning) {
      search.awaitMeanings();
      System.out.printf("with vectors: %d MB%n", (used() - before) >> 20);
    }
    typed(search, 30); // until it is compiled
    List<double[]> times = typed(search, 100);
    for (int kind = 0; kind < 2; kind++) {
      int which = kind;
      double[] sorted = times.stream().mapToDouble(each -> each[which]).sorted().toArray();
      System.out.printf(
          "%d searches, one at each letter, %s: median %.1f ms, 95th percentile %.1f ms, longest %.1f ms%n",
          sorted.length,
          kind == 0 ? "by the clock" : "of the processor",
          sorted[sorted.length / 2],
          sorted[sorted.length * 95 / 100],
          sorted[sorted.length - 1]);
    }
    if (meaning) {
      sentences(search, 200);
    }
    start = System.nanoTime();
    Document one = documents.getFirst();
    Instant now = Instant.now();
    byId.put(one.id(), new Document(one.id(), "", one.text() + " and more", 2, 0, one.created(), now));
    list.set(0, new DocumentSummary(one.id(), "", "", 0, one.created(), now));
    search.follow(list).join();
    System.out.printf("a saved note is found after %.1f ms%n", (System.nanoTime() - start) / 1e6);
    search.close();
  }

  private List<double[]> typed(NoteSearch search, int questions) {
    long thread = thread("search");
    List<double[]> times = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      String question = any() + " " + words[random.nextInt(2_000)] + (i % 4 == 0 ? " " + any() : "");
      for (int length = 1; length <= question.length(); length++) {
        String typed = question.substring(0, length);
        long cpu = THREADS.getThreadCpuTime(thread);
        long start = System.nanoTime();
        int _ = search.search(typed, 30).join().size();
        double clock = (System.nanoTime() - start) / 1e6;
        times.add(new double[] {clock, (THREADS.getThreadCpuTime(thread) - cpu) / 1e6});
      }
    }
    return times;
  }

  /** A thread of the search's: on a machine that has other work its time tells more than the clock. */
  private static long thread(String name) {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(each -> each != null && each.getThreadName().equals(name))
        .mapToLong(each -> each.getThreadId())
        .findFirst()
        .orElseThrow();
  }

  /** Heap in use after a collection, in bytes. */
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
