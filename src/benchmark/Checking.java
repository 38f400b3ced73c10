import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qalam.proof.Checker;
import org.qalam.proof.LanguageToolChecker;
import org.qalam.proof.Remark;

/**
 * How far spelling and grammar are behind the keyboard, and what memory they take (decision 0102).
 *
 * <p>Run after {@code mvn package}: {@code target/qalam/bin/java @target/qalam/lib/qalam.options -cp
 * 'target/qalam/app/*:FOLDER' Checking}, where FOLDER has this class compiled. A paragraph is typed
 * letter by letter and checked after each, as in the window, since each letter makes another text;
 * told are milliseconds a check over its last third, by the clock and by the processor's time of the
 * checking thread (which a busy machine does not lengthen), and the heap after collections.
 */
final class Checking {
  private static final String ENGLISH =
      "The heating has been broken since Monday, and nobody has came to look at it. I wrote to you"
          + " on Tuesday and again on Thursday, but I did not recieve an answer. The children are cold"
          + " at night, so we have put them all into the room with the stove. Could you please send"
          + " somebody before the weekend, or tell me whom I may call? I would of course pay for a"
          + " part of it, if you think that this is fair.";
  private static final String ARABIC =
      "التدفئة معطلة منذ يوم الاثنين ولم يأت أحد للنظر فيها. كتبت اليك يوم الثلاثاء ومرة أخرى يوم"
          + " الخميس ولكنني لم أتلق جوابا. الأطفال يشعرون بالبرد في الليل فوضعناهم جميعا في الغرفه"
          + " التي فيها الموقد. هل يمكنك أن ترسل أحدا قبل نهاية الأسبوع أو أن تخبرني بمن أتصل؟";

  private static long heap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long collecting() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /** Nanoseconds of the processor for the calling thread. */
  private static long processor() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double[] lastThird(double[] values) {
    double[] last = Arrays.copyOfRange(values, values.length * 2 / 3, values.length);
    Arrays.sort(last);
    return last;
  }

  public static void main(String[] args) {
    long before = heap();
    Checker checker = new LanguageToolChecker(Locale.US);
    for (String[] text : List.of(new String[] {"en", ENGLISH}, new String[] {"ar", ARABIC})) {
      long collected = collecting();
      long start = System.nanoTime();
      long worked0 = processor();
      var _ = checker.check(text[1].substring(0, 60), text[0]);
      double first = (System.nanoTime() - start) / 1e6;
      double firstWork = (processor() - worked0) / 1e6;
      collected = collecting() - collected;
      int length = text[1].length();
      double[] millis = new double[length - 60];
      double[] busy = new double[length - 60];
      List<Remark> found = List.of();
      for (int end = 61; end <= length; end++) {
        start = System.nanoTime();
        long worked = processor();
        found = checker.check(text[1].substring(0, end), text[0]);
        busy[end - 61] = (processor() - worked) / 1e6;
        millis[end - 61] = (System.nanoTime() - start) / 1e6;
      }
      double[] last = lastThird(millis);
      double[] work = lastThird(busy);
      double slowest = 0;
      for (Remark remark : found) {
        start = System.nanoTime();
        var _ = checker.suggestions(text[1], text[0], remark);
        slowest = Math.max(slowest, (System.nanoTime() - start) / 1e6);
      }
      System.out.printf(
          Locale.ROOT,
          "%s: first check %.0f ms, of the processor %.0f (collections %d ms); %d letters: median"
              + " %.0f, nine of ten %.0f, longest %.0f ms; of the processor %.0f, %.0f, %.0f;"
              + " suggestions at most %.0f ms; heap %.0f MB more than before%n",
          text[0],
          first,
          firstWork,
          collected,
          length,
          last[last.length / 2],
          last[last.length * 9 / 10],
          last[last.length - 1],
          work[work.length / 2],
          work[work.length * 9 / 10],
          work[work.length - 1],
          slowest,
          (heap() - before) / 1e6);
    }
    checker = null;
    System.out.printf(Locale.ROOT, "let go: %.0f MB are left%n", (heap() - before) / 1e6);
  }
}
