import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.qalam.Qalam;
import org.qalam.document.Document;
import org.qalam.document.Output;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.text.WrappedText;
import sun.misc.Unsafe;

/**
 * Tells how long each piece of work on the JavaFX thread takes while a writer writes: everything
 * that the thread does between two looks at its queue (an event, a pulse with styles and layout, a
 * task from another thread), by the processor's time and by the clock's.
 *
 * <p>Started by {@code src/benchmark/window-thread [ROUNDS [SHOWN]]}: the program from {@code
 * target/qalam} with its own options and start-up cache, without a screen. A round is: a new
 * document, 100 typed letters, all selected, Proofread by keys, accepted, taken back, typed on. Then
 * come a text of 200 KB, the menus, the columns, the settings, dark and light,
 * the versions, the bin, and the search. SHOWN is the limit
 * in milliseconds over which a piece is told with what it was doing; looking on costs time of its
 * own, so the figures for documents come from runs without it.
 *
 * <p>Left out is the copying of a finished picture to a window without a screen: JavaFX does it
 * number by number there, in 1 to 30 ms as the run-time's compiler has it; no real screen asks for
 * it. What happens before the window is at rest is told in a line of its own.
 */
final class WindowThread {
  private static final double FRAME = 16;
  private static final int CHANGES = 500;
  private static final String WORDS =
      "Yesterday we was walking to the libary and it were closed. She dont like it and he go home. ";

  /**
   * What the thread did between two looks at its queue; times in milliseconds. A picture is one
   * copied to the window.
   */
  private record Piece(
      String step,
      boolean isPicture,
      double processor,
      double clock,
      long waited,
      List<String> doing) {}

  /** The JavaFX thread's queue, which notes what happens between a task taken and the next. */
  private static final class Watch extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1;
    private final transient ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final transient List<Piece> pieces = new ArrayList<>();
    private final double shown;
    private volatile transient Thread thread;
    private volatile long began;
    private boolean isPicture;
    private long processor;
    private long waits;
    private volatile transient List<String> doing = List.of();
    volatile String step = "start";

    Watch(double shown) {
      this.shown = shown;
      threads.setThreadContentionMonitoringEnabled(true);
    }

    @Override
    public Runnable take() throws InterruptedException {
      thread = Thread.currentThread();
      if (began != 0) {
        double busy = (threads.getCurrentThreadCpuTime() - processor) / 1e6;
        double took = (System.nanoTime() - began) / 1e6;
        began = 0;
        synchronized (pieces) {
          pieces.add(new Piece(step, isPicture, busy, took, waited() - waits, doing));
        }
      }
      Runnable next = super.take();
      isPicture = next.getClass().getName().contains("SceneState");
      doing = List.of();
      waits = waited();
      processor = threads.getCurrentThreadCpuTime();
      began = System.nanoTime();
      return next;
    }

    /** How long the thread has waited for others at locks and for signals, in milliseconds. */
    private long waited() {
      ThreadInfo info = threads.getThreadInfo(Thread.currentThread().threadId());
      return info.getBlockedTime() + info.getWaitedTime();
    }

    /** Notes every two milliseconds where a long piece is. */
    void look() {
      while (true) {
        sleep(2);
        long since = began;
        Thread watched = thread;
        if (since != 0 && watched != null && (System.nanoTime() - since) / 1e6 > shown / 4) {
          StringBuilder at = new StringBuilder();
          int frames = 0;
          for (StackTraceElement element : watched.getStackTrace()) {
            String name = element.getClassName();
            at.append(name.substring(name.lastIndexOf('.') + 1))
                .append('.')
                .append(element.getMethodName())
                .append(':')
                .append(element.getLineNumber())
                .append(' ');
            if (++frames == 28) {
              break;
            }
          }
          if (began == since) {
            List<String> more = new ArrayList<>(doing);
            more.add(at.toString());
            doing = more;
          }
        }
      }
    }
  }

  private final Watch watch;
  private final List<String> failures = new ArrayList<>();

  private WindowThread(double shown) {
    this.watch = new Watch(shown);
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    double shown = args.length > 1 ? Double.parseDouble(args[1]) : 0;
    Path home = Files.createTempDirectory("qalam-window-thread-");
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    putMarkedDocument(home);
    WindowThread bench = new WindowThread(shown);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            bench.walk(rounds);
          } catch (RuntimeException | ReflectiveOperationException e) {
            e.printStackTrace();
            bench.failures.add(e.toString());
          }
          bench.print();
          delete(home);
          Runtime.getRuntime().halt(bench.failures.isEmpty() ? 0 : 1);
        });
    Qalam.main(new String[] {"--home", home.toString()});
  }

  private void walk(int rounds) throws ReflectiveOperationException {
    until("the window opens", () -> !stages().isEmpty());
    watchQueue();
    until("the document is open", () -> shown(".editor-scroll").isPresent());
    until("the model is ready", () -> enabled("#action-proofread"));
    sleep(800);
    // The window is at rest; a page that nobody sees is filled meanwhile.
    watch.step = "idle";
    sleep(8000);
    for (int round = 1; round <= rounds; round++) {
      String of = round + " ";
      watch.step = of + "new document";
      shortcut(KeyCode.N);
      until("the new document is open", () -> area().getText().isEmpty());
      sleep(300);
      watch.step = of + "typing";
      type(WORDS);
      watch.step = of + "select";
      shortcut(KeyCode.A);
      watch.step = of + "actions";
      shortcut(KeyCode.E);
      until("the actions are listed", () -> shown("#actions-filter").isPresent());
      sleep(300);
      watch.step = of + "proofread";
      press(KeyCode.ENTER);
      until("the answer is there", () -> enabled("#accept"));
      watch.step = of + "replace";
      sleep(300);
      shortcut(KeyCode.ENTER);
      until("the text is replaced", () -> !area().getText().equals(WORDS));
      sleep(300);
      watch.step = of + "undo";
      shortcut(KeyCode.Z);
      until("the replacement is taken back", () -> area().getText().equals(WORDS));
      watch.step = of + "typing on";
      type("And so on, until the page is full of words that nobody will ever read.");
      watch.step = of + "rest";
      sleep(1500);
    }
    watch.step = "paste 200 KB";
    shortcut(KeyCode.N);
    until("the new document is open", () -> area().getText().isEmpty());
    sleep(300);
    String page = longText();
    onUi(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, page)));
    shortcut(KeyCode.V);
    until("the long text is there", () -> area().getLength() >= page.length());
    sleep(1500);
    watch.step = "typing in 200 KB";
    onUi(() -> {
      area().moveTo(page.length() / 2);
      area().requestFollowCaret();
      return true;
    });
    sleep(300);
    type("And here a sentence is put into the middle of it.");
    sleep(1500);
    watch.step = "select 200 KB";
    shortcut(KeyCode.A);
    sleep(1500);
    watch.step = "to a short document";
    openDocument(1);
    until("the short document is open", () -> area().getLength() < page.length());
    sleep(1000);
    watch.step = "back to 200 KB";
    openDocument(0);
    until("the long document is open", () -> area().getLength() > page.length());
    sleep(1500);
    for (String menu : List.of(".main-menu", ".model-pill", ".main-menu", ".model-pill")) {
      watch.step = "menu " + menu;
      onUi(() -> {
        ((MenuButton) shown(menu).orElseThrow()).show();
        return true;
      });
      sleep(500);
      watch.step = "menu in " + menu;
      onUi(() -> {
        ((MenuButton) shown(menu).orElseThrow())
            .getItems().stream()
                .filter(Menu.class::isInstance)
                .forEach(inner -> ((Menu) inner).show());
        return true;
      });
      sleep(500);
      onUi(() -> {
        ((MenuButton) shown(menu).orElseThrow()).hide();
        return true;
      });
      sleep(300);
    }
    around();
    manyChanges();
    watch.step = "close";
  }

  /** A document of 200 KB with an answer of 500 changes to it, and one that is opened first. */
  private static void putMarkedDocument(Path home) {
    String text = (WORDS.repeat(4) + "A word that is wrogn.\n\n").repeat(CHANGES);
    try (DocumentStore store = H2DocumentStore.open(home)) {
      Document marked = store.create("Marks", text);
      store.add(
          new Output(
              UUID.randomUUID(),
              marked.id(),
              Instant.now(),
              "proofread",
              "",
              text,
              text.replace("wrogn", "wrong"),
              "tiny",
              "",
              "{}",
              "",
              1,
              1,
              1,
              Output.Fate.PENDING));
      store.create("Start", WORDS);
    }
  }

  /** Changes in a text of 200 KB, shown at once, typed beside, accepted at once, taken back. */
  private void manyChanges() {
    watch.step = "a marked document";
    onUi(() -> {
      ListView<?> list = (ListView<?>) shown(".library-view .list-view").orElseThrow();
      list.getSelectionModel().select(list.getItems().size() - 1);
      return true;
    });
    until("the marked document is open", () -> area().getLength() > 190_000);
    sleep(2000);
    watch.step = "500 changes shown";
    onUi(() -> {
      ListView<?> list = (ListView<?>) shown(".past .list-view").orElseThrow();
      list.getSelectionModel().select(0);
      list.requestFocus();
      return true;
    });
    press(KeyCode.ENTER);
    until("the changes are shown", () -> shown("#review-bar").isPresent());
    sleep(2500);
    watch.step = "typing beside 500 changes";
    onUi(() -> {
      area().requestFocus();
      area().moveTo(4);
      return true;
    });
    type("And this is typed beside them.");
    sleep(500);
    watch.step = "the next of 500 changes";
    for (int i = 0; i < 5; i++) {
      press(KeyCode.F8);
      sleep(200);
    }
    watch.step = "one of 500 changes accepted";
    onUi(() -> {
      ((ButtonBase) shown("#review-accept").orElseThrow()).fire();
      return true;
    });
    sleep(1000);
    watch.step = "499 changes accepted";
    shortcut(KeyCode.ENTER);
    until("all are accepted", () -> !area().getText().contains("wrogn"));
    sleep(2500);
    watch.step = "499 changes taken back";
    shortcut(KeyCode.Z);
    until("they are taken back", () -> area().getText().contains("wrogn"));
    sleep(2500);
  }

  /** What a writer uses less often than the text, each twice: the first time builds it. */
  private void around() {
    openDocument(1);
    until("the short document is open", () -> area().getLength() < 2000);
    sleep(1000);
    for (int time = 1; time <= 2; time++) {
      String of = time + " ";
      watch.step = of + "more actions";
      click("action-more");
      press(KeyCode.ESCAPE);
      watch.step = of + "context menu of the text";
      onUi(() -> {
        var menu = area().getContextMenu();
        menu.show(area(), stages().getFirst().getX() + 400, stages().getFirst().getY() + 200);
        return true;
      });
      sleep(400);
      onUi(() -> {
        area().getContextMenu().hide();
        return true;
      });
      sleep(300);
      watch.step = of + "find";
      shortcut(KeyCode.F);
      sleep(400);
      press(KeyCode.W);
      press(KeyCode.ENTER);
      press(KeyCode.ESCAPE);
      sleep(300);
      watch.step = of + "larger text";
      shortcut(KeyCode.EQUALS);
      sleep(400);
      shortcut(KeyCode.DIGIT0);
      sleep(400);
      watch.step = of + "list hidden";
      click("tool-view-list");
      watch.step = of + "list shown";
      click("tool-view-list");
      watch.step = of + "panel hidden";
      click("tool-view-panel");
      watch.step = of + "panel shown";
      click("tool-view-panel");
      watch.step = of + "filter";
      onUi(() -> {
        ((TextInputControl) shown(".library-view .filter").orElseThrow()).setText("yes");
        return true;
      });
      sleep(400);
      onUi(() -> {
        ((TextInputControl) shown(".library-view .filter").orElseThrow()).clear();
        return true;
      });
      sleep(400);
      watch.step = of + "rename";
      onUi(() -> {
        shown(".library-view .list-view").orElseThrow().requestFocus();
        return true;
      });
      press(KeyCode.F2);
      sleep(400);
      press(KeyCode.ESCAPE);
      sleep(300);
      watch.step = of + "palette";
      onUi(() -> {
        area().requestFocus();
        return true;
      });
      shortcut(KeyCode.K);
      sleep(500);
      press(KeyCode.I);
      press(KeyCode.T);
      press(KeyCode.A);
      sleep(400);
      press(KeyCode.ESCAPE);
      sleep(300);
      watch.step = of + "a question";
      click("mode-ask");
      onUi(() -> {
        ((TextInputControl) shown("#instruction").orElseThrow()).setText("What is yes?");
        return true;
      });
      click("send");
      for (int wait = 0; wait < 40 && shown("#answer-card").isEmpty(); wait++) {
        sleep(500);
      }
      sleep(500);
      press(KeyCode.ESCAPE);
      sleep(300);
      click("mode-change");
      watch.step = of + "an earlier answer";
      onUi(() -> {
        ListView<?> list = (ListView<?>) shown(".past .list-view").orElseThrow();
        list.getSelectionModel().select(0);
        list.requestFocus();
        return true;
      });
      press(KeyCode.ENTER);
      sleep(600);
      for (String side : List.of("side-original", "side-result", "side-changes")) {
        if (shown("#" + side).isPresent()) {
          click(side);
        }
      }
      if (enabled("#discard")) {
        click("discard");
      }
      watch.step = of + "stopped answer";
      onUi(() -> {
        area().requestFocus();
        return true;
      });
      click("action-rewrite");
      if (enabled("#stop")) {
        click("stop");
      }
      sleep(600);
      press(KeyCode.ESCAPE);
      sleep(300);
      watch.step = of + "narrower window";
      double width = onUi(() -> stages().getFirst().getWidth());
      for (int step = 1; step <= 10; step++) {
        double narrower = width - 5 * step;
        onUi(() -> {
          stages().getFirst().setWidth(narrower);
          return true;
        });
        sleep(50);
      }
      onUi(() -> {
        stages().getFirst().setWidth(width);
        return true;
      });
      sleep(400);
      watch.step = of + "settings";
      shortcut(KeyCode.COMMA);
      sleep(1000);
      watch.step = of + "pages of the settings";
      for (String page : List.of("settings-actions", "settings-keys", "settings-models")) {
        click(page);
      }
      watch.step = of + "dark";
      click("theme-dark");
      sleep(800);
      watch.step = of + "light";
      click("theme-light");
      sleep(800);
      watch.step = of + "settings closed";
      press(KeyCode.ESCAPE);
      sleep(400);
      watch.step = of + "versions";
      press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.H);
      sleep(1200);
      watch.step = of + "the text of a version";
      click("version-side-text");
      sleep(400);
      press(KeyCode.ESCAPE);
      sleep(300);
      watch.step = of + "bin";
      click("library-bin");
      sleep(600);
      press(KeyCode.ESCAPE);
      sleep(300);
      watch.step = of + "search in all documents";
      press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
      for (KeyCode letter : List.of(KeyCode.W, KeyCode.A, KeyCode.L, KeyCode.K)) {
        press(letter);
        sleep(250);
      }
      press(KeyCode.ESCAPE);
      sleep(400);
      watch.step = of + "go to a document";
      press(KeyCode.CONTROL, KeyCode.P);
      sleep(500);
      press(KeyCode.ESCAPE);
      sleep(300);
    }
  }

  private static void click(String id) {
    onUi(() -> {
      stages().getFirst().getScene().getRoot().lookupAll("*").stream()
          .filter(node -> id.equals(node.getId()) && isVisible(node))
          .map(ButtonBase.class::cast)
          .findFirst()
          .orElseThrow()
          .fire();
      return true;
    });
    sleep(500);
  }

  private static void openDocument(int place) {
    onUi(() -> {
      ListView<?> list = (ListView<?>) shown(".library-view .list-view").orElseThrow();
      list.getSelectionModel().select(place);
      return true;
    });
  }

  /** 200 KB of paragraphs with headings, lists and emphasis. */
  private static String longText() {
    StringBuilder text = new StringBuilder();
    for (int chapter = 1; text.length() < 200_000; chapter++) {
      text.append("## Chapter ").append(chapter).append("\n\n");
      text.append(WORDS.repeat(4)).append("It was *very* **cold** there.\n\n");
      text.append("- one\n- `two`\n\n").append(WORDS.repeat(6)).append("\n\n");
    }
    return text.toString();
  }

  /**
   * A lookup that may see all. {@code --add-opens} would be the plain way, but the start-up cache is
   * not used with it, and then the figures are those of another program.
   */
  private static MethodHandles.Lookup anything() throws ReflectiveOperationException {
    Field unsafeField = Unsafe.class.getDeclaredField("theUnsafe");
    unsafeField.setAccessible(true);
    Unsafe unsafe = (Unsafe) unsafeField.get(null);
    Field lookup = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
    return (MethodHandles.Lookup)
        unsafe.getObject(unsafe.staticFieldBase(lookup), unsafe.staticFieldOffset(lookup));
  }

  private void watchQueue() throws ReflectiveOperationException {
    MethodHandles.Lookup anything = anything();
    Class<?> glass =
        Class.forName("com.sun.glass.ui.Application", false, Platform.class.getClassLoader());
    Object application;
    try {
      application =
          anything.findStatic(glass, "GetApplication", MethodType.methodType(glass)).invoke();
    } catch (Throwable e) {
      throw new ReflectiveOperationException("JavaFX's platform is not as expected", e);
    }
    Object processor = null;
    for (Class<?> type = application.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType().getSimpleName().equals("NestedRunnableProcessor")) {
          processor = anything.unreflectVarHandle(field).get(application);
        }
      }
    }
    VarHandle queue =
        anything.unreflectVarHandle(processor.getClass().getDeclaredField("runnableQueue"));
    @SuppressWarnings("unchecked")
    BlockingQueue<Runnable> before = (BlockingQueue<Runnable>) queue.get(processor);
    queue.set(processor, watch);
    // Who still holds the first queue is heard too.
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              watch.add(before.take());
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    before.add(() -> {});
    if (watch.shown > 0) {
      Thread.ofPlatform().daemon().priority(Thread.MAX_PRIORITY).start(watch::look);
    }
  }

  private void print() {
    List<Piece> pieces;
    synchronized (watch.pieces) {
      pieces = List.copyOf(watch.pieces);
    }
    for (Piece piece : pieces) {
      if (watch.shown > 0 && Math.max(piece.processor, piece.clock) > watch.shown) {
        System.out.printf(
            Locale.ROOT, "%s: %.1f ms (%.1f)%n", piece.step, piece.processor, piece.clock);
        piece.doing.forEach(at -> System.out.println("    " + at));
      }
    }
    long collections = 0;
    long collecting = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += collector.getCollectionCount();
      collecting += collector.getCollectionTime();
    }
    List<Piece> seen =
        pieces.stream().filter(piece -> !piece.step.equals("start") && !piece.isPicture).toList();
    List<Piece> pictures = pieces.stream().filter(Piece::isPicture).toList();
    System.out.printf(
        Locale.ROOT,
        "%d pieces; by the processor's time %d over %.0f ms, the longest %.1f;"
            + " by the clock %d, the longest %.1f; %d collections of %d ms; %s of memory%n",
        seen.size(),
        seen.stream().filter(piece -> piece.processor > FRAME).count(),
        FRAME,
        seen.stream().mapToDouble(Piece::processor).max().orElse(0),
        seen.stream().filter(piece -> piece.clock > FRAME).count(),
        seen.stream().mapToDouble(Piece::clock).max().orElse(0),
        collections,
        collecting,
        anonymousMemory());
    System.out.printf(
        Locale.ROOT,
        "left out: %d pictures copied, the longest %.1f%n",
        pictures.size(),
        pictures.stream().mapToDouble(Piece::processor).max().orElse(0));
    System.out.printf(
        Locale.ROOT,
        "while the window opens: %s%n",
        pieces.stream()
            .filter(piece -> piece.step.equals("start") && !piece.isPicture)
            .map(Piece::processor)
            .sorted(Comparator.reverseOrder())
            .limit(5)
            .map("%.1f"::formatted)
            .collect(Collectors.joining(", ")));
    tell("by the processor's time", seen, Piece::processor);
    tell("by the clock", seen, Piece::clock);
  }

  /** What no file stands behind, as Linux tells it. */
  private static String anonymousMemory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Anonymous:"))
          .findFirst()
          .map(line -> line.replaceAll("[^0-9]", "") + " KB")
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static void tell(
      String order, List<Piece> pieces, ToDoubleFunction<Piece> measure) {
    System.out.println("longest " + order + ": processor (clock, of that waiting for threads)");
    pieces.stream()
        .sorted(Comparator.comparingDouble(measure).reversed())
        .limit(16)
        .forEach(piece ->
            System.out.printf(
                Locale.ROOT,
                "  %s: %.1f (%.1f, %d)%n",
                piece.step,
                piece.processor,
                piece.clock,
                piece.waited));
  }

  private static StyleClassedTextArea area() {
    return (StyleClassedTextArea) shown(".editor-area").orElseThrow();
  }

  private static Optional<Node> shown(String selector) {
    return stages().stream()
        .flatMap(stage -> stage.getScene().getRoot().lookupAll(selector).stream())
        .filter(WindowThread::isVisible)
        .findFirst();
  }

  private static boolean enabled(String selector) {
    return shown(selector).filter(node -> !node.isDisabled()).isPresent();
  }

  private static boolean isVisible(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static List<Stage> stages() {
    return Window.getWindows().stream()
        .filter(Stage.class::isInstance)
        .map(Stage.class::cast)
        .filter(Stage::isShowing)
        .toList();
  }

  private static void shortcut(KeyCode key) {
    press(KeyCode.CONTROL, key);
  }

  private static void press(KeyCode... keys) {
    onUi(() -> {
      Robot robot = new Robot();
      for (KeyCode key : keys) {
        robot.keyPress(key);
      }
      for (int i = keys.length - 1; i >= 0; i--) {
        robot.keyRelease(keys[i]);
      }
      return true;
    });
    sleep(50);
  }

  /** Types as someone who types fast. */
  private static void type(String words) {
    for (String letter : words.split("")) {
      onUi(() -> {
        area()
            .fireEvent(
                new javafx.scene.input.KeyEvent(
                    javafx.scene.input.KeyEvent.KEY_TYPED,
                    letter,
                    "",
                    KeyCode.UNDEFINED,
                    false,
                    false,
                    false,
                    false));
        return true;
      });
      sleep(60);
    }
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!onUiOrFalse(condition)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within a minute: " + what + "; shown: " + words());
      }
      sleep(100);
    }
  }

  /** What the window says, for a step that did not come. */
  private static String words() {
    return onUi(() ->
        stages().getFirst().getScene().getRoot().lookupAll("*").stream()
            .filter(WindowThread::isVisible)
            .map(node ->
                switch (node) {
                  case Labeled labeled -> labeled.getText();
                  case WrappedText wrapped -> wrapped.getText();
                  default -> "";
                })
            .filter(text -> text != null && !text.isBlank())
            .toList()
            .toString());
  }

  private static boolean onUiOrFalse(BooleanSupplier condition) {
    try {
      return onUi(condition::getAsBoolean);
    } catch (IllegalStateException e) {
      return false; // no toolkit yet
    }
  }

  private static <T> T onUi(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, Platform::runLater).join();
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + e.getMessage());
    }
  }
}
