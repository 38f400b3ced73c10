package org.qalam.ui.print;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.qalam.exchange.Paper;
import org.qalam.exchange.PrintPages;
import org.qalam.print.PrintOrder;
import org.qalam.print.Printer;
import org.qalam.print.Printers;
import org.qalam.task.CancellationToken;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * One document on its way to a printer. It is set on pages when this is opened, and again for other
 * paper. On the JavaFX thread; pages are set, drawn and sent on another one.
 */
@UiThread
public final class PrintViewModel {
  /** Of the picture of a page, in pixels: twice what it is shown with, for fine screens. */
  private static final int PICTURE_WIDTH = 640;

  /** What is printed. */
  public record Subject(String title, String text) {}

  private final Printers printers;
  private final TaskRunner runner;
  private final Executor ui;
  private final Supplier<Subject> subject;
  private final ObservableList<Printer> known = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<Boolean>> hasPrinters =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<PrintState> state =
      new ReadOnlyObjectWrapper<>(new PrintState.Closed());
  private final ReadOnlyObjectWrapper<Optional<String>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<BufferedImage>> picture =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObjectProperty<Optional<Printer>> printer =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Paper> paper =
      new SimpleObjectProperty<>(Paper.of(Locale.getDefault(Locale.Category.FORMAT)));
  private final ObjectProperty<PrintOrder.Sides> sides =
      new SimpleObjectProperty<>(PrintOrder.Sides.USUAL);
  private final IntegerProperty copies = new SimpleIntegerProperty(1);
  private final StringProperty range = new SimpleStringProperty("");
  private final IntegerProperty page = new SimpleIntegerProperty();
  private BiConsumer<Integer, String> sent = (_, _) -> {};
  private Subject opened = new Subject("", "");

  /** Cancelled whenever what is under way is no longer wanted; late results see it. */
  private CancellationToken token = new CancellationToken();

  private Optional<PrintPages> pages = Optional.empty();

  /**
   * @param runner for what takes time; printers may keep it waiting, so it is used for nothing else
   * @param subject the document that is open when this is opened
   */
  public PrintViewModel(
      Printers printers, TaskRunner runner, Executor ui, Supplier<Subject> subject) {
    this.printers = printers;
    this.runner = runner;
    this.ui = ui;
    this.subject = subject;
    paper.addListener((_, _, _) -> {
      if (!(state.get() instanceof PrintState.Closed)) {
        set();
      }
    });
    page.addListener((_, _, _) -> draw());
  }

  /** Is told how many pages went to which printer. */
  public void onSent(BiConsumer<Integer, String> told) {
    sent = told;
  }

  /** Takes the document that is open, and looks for printers. */
  public void open() {
    opened = subject.get();
    copies.set(1);
    range.set("");
    set();
    look();
  }

  /** Ends what is under way and lets the pages go; nothing more is printed than was sent. */
  public void close() {
    forget();
    state.set(new PrintState.Closed());
  }

  private CancellationToken forget() {
    token.cancel();
    token = new CancellationToken();
    pages.ifPresent(PrintPages::close);
    pages = Optional.empty();
    picture.set(Optional.empty());
    problem.set(Optional.empty());
    return token;
  }

  private void look() {
    hasPrinters.set(Optional.empty());
    CancellationToken mine = token;
    var _ =
        runner
            .submit(printers::list)
            .whenCompleteAsync(
                (List<Printer> found, Throwable failure) -> {
                  if (mine.isCancelled()) {
                    return;
                  }
                  if (failure != null) {
                    problem.set(Optional.of(sentence(failure)));
                  }
                  List<Printer> now = failure == null ? found : List.of();
                  Optional<Printer> before = printer.get().filter(now::contains);
                  known.setAll(now);
                  printer.set(before.or(() -> now.stream().findFirst()));
                  hasPrinters.set(Optional.of(!now.isEmpty()));
                },
                ui);
  }

  private void set() {
    CancellationToken mine = forget();
    Subject what = opened;
    Paper on = paper.get();
    state.set(new PrintState.Setting(1));
    var _ =
        runner
            .submit(() -> {
              mine.throwIfCancelled();
              return PrintPages.of(
                  what.title(),
                  what.text(),
                  on,
                  count -> {
                    mine.throwIfCancelled();
                    if (count % 5 == 0) {
                      ui.execute(() -> begun(mine, count));
                    }
                  });
            })
            .whenCompleteAsync(
                (made, failure) -> {
                  if (mine.isCancelled()) {
                    if (made != null) {
                      made.close();
                    }
                  } else if (failure != null) {
                    state.set(new PrintState.Failed(sentence(failure)));
                  } else {
                    pages = Optional.of(made);
                    state.set(new PrintState.Ready(made.count()));
                    page.set(Math.min(page.get(), made.count() - 1));
                    draw();
                  }
                },
                ui);
  }

  private void begun(CancellationToken mine, int count) {
    if (!mine.isCancelled() && state.get() instanceof PrintState.Setting) {
      state.set(new PrintState.Setting(count));
    }
  }

  private void draw() {
    CancellationToken mine = token;
    int number = page.get();
    pages.ifPresent(those -> {
      var _ =
          runner
              .submit(() -> {
                mine.throwIfCancelled();
                return those.picture(number, PICTURE_WIDTH);
              })
              .whenCompleteAsync(
                  (drawn, failure) -> {
                    if (failure == null && !mine.isCancelled() && page.get() == number) {
                      picture.set(Optional.of(drawn));
                    }
                  },
                  ui);
    });
  }

  /** The pages that are asked for; empty where there are no such pages, or none yet. */
  Optional<PageRange> wanted() {
    return pages.flatMap(those -> PageRange.of(range.get(), those.count()));
  }

  /** Sends the pages that are asked for to the chosen printer. */
  public void print() {
    Optional<PageRange> wanted = wanted();
    Optional<Printer> to = printer.get();
    if (wanted.isEmpty() || to.isEmpty() || !(state.get() instanceof PrintState.Ready ready)) {
      return;
    }
    CancellationToken mine = token;
    PrintPages those = pages.orElseThrow();
    PrintOrder order =
        new PrintOrder(
            opened.title(), wanted.get().first(), wanted.get().last(), copies.get(), sides.get());
    problem.set(Optional.empty());
    state.set(new PrintState.Sending(wanted.get().count()));
    var _ =
        runner
            .submit(() -> {
              printers.print(to.get(), those, order, mine);
              return true;
            })
            .whenCompleteAsync(
                (_, failure) -> {
                  if (mine.isCancelled()) {
                    return;
                  }
                  state.set(ready);
                  if (failure == null) {
                    sent.accept(wanted.get().count(), to.get().name());
                  } else {
                    problem.set(Optional.of(sentence(failure)));
                  }
                },
                ui);
  }

  private static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof CancellationException ? "" : String.valueOf(cause.getMessage());
  }

  public ReadOnlyObjectProperty<PrintState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** The printers that there are, the default one first. */
  public ObservableList<Printer> printers() {
    return known;
  }

  /** Whether there are any; empty while the system is asked. */
  public ReadOnlyObjectProperty<Optional<Boolean>> hasPrintersProperty() {
    return hasPrinters.getReadOnlyProperty();
  }

  /** Why the printer did not take the pages, or the system did not answer. */
  public ReadOnlyObjectProperty<Optional<String>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** The page at {@link #pageProperty()}, as it will come out. */
  public ReadOnlyObjectProperty<Optional<BufferedImage>> pictureProperty() {
    return picture.getReadOnlyProperty();
  }

  public ObjectProperty<Optional<Printer>> printerProperty() {
    return printer;
  }

  public ObjectProperty<Paper> paperProperty() {
    return paper;
  }

  public ObjectProperty<PrintOrder.Sides> sidesProperty() {
    return sides;
  }

  public IntegerProperty copiesProperty() {
    return copies;
  }

  /** Which pages, as people write it; all where nothing is written. */
  public StringProperty rangeProperty() {
    return range;
  }

  /** The page that is looked at, counted from 0. */
  public IntegerProperty pageProperty() {
    return page;
  }
}
