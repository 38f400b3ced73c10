package org.qalam.ui.window;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.image.Image;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.qalam.task.UiThread;
import org.qalam.ui.actions.OwnActionsViewModel;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.privacy.PrivacyViewModel;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.Mirroring;

/** A window on the screen: its stage, what it remembers of itself, its end. */
@UiThread
public final class WindowSession {
  private static final Geometry FIRST = new Geometry(120, 80, 1280, 800, false);
  private static final Duration QUIET = Duration.millis(500);

  /** Time that a request is given to stop; it stops within one token or piece of the prompt. */
  private static final java.time.Duration STOPPING = java.time.Duration.ofSeconds(3);

  private final WindowViewModel window;
  private final AssistantViewModel assistant;
  private final ModelsViewModel models;
  private final ProofViewModel proof;
  private final WindowView view;
  private final WindowViewModel.Remembered before;
  private final Messages messages = Messages.of(WindowSession.class);
  private boolean closing;

  public WindowSession(
      WindowViewModel window,
      AssistantViewModel assistant,
      ModelsViewModel models,
      OwnActionsViewModel ownActions,
      ProofViewModel proof,
      WindowViewModel.Remembered before) {
    this.window = window;
    this.models = models;
    this.proof = proof;
    this.assistant = assistant;
    this.before = before;
    window.take(before);
    this.view = new WindowView(window, assistant, models, ownActions, proof);
  }

  /** Shows the window as it was; {@code close} is asked when the writer wants it closed. */
  public void show(Stage stage, Runnable close) {
    Geometry place =
        window
            .setting(WindowViewModel.GEOMETRY)
            .flatMap(Geometry::parse)
            .orElse(FIRST)
            .on(screens());
    Pane root = new StackPane();
    Scene scene = new Scene(root, place.width(), place.height());
    // While it is empty: all in it would be styled at once, and again when shown.
    Mirroring.of(scene);
    stage.setScene(scene);
    view.putInto(scene, root);
    stage.setTitle(messages.get("name"));
    stage.getIcons().addAll(icons());
    stage.setMinWidth(Geometry.LEAST_WIDTH);
    stage.setMinHeight(Geometry.LEAST_HEIGHT);
    stage.setX(place.x());
    stage.setY(place.y());
    stage.setWidth(place.width());
    stage.setHeight(place.height());
    stage.setMaximized(place.maximized());
    stage.setOnCloseRequest(event -> {
      event.consume();
      if (!closing) {
        closing = true;
        remember(stage);
        close.run();
      }
    });
    stage.show();
    view.rehearse();
    view.restore();
    followGeometry(stage);
    watch(stage);
    models.start();
    proof.start();
    window.privacy().start();
    window.start(before, messages.get("welcome.title"), messages.get("welcome.text"));
    before.repair().ifPresent(repair -> window.tell(RepairWords.of(repair, messages)));
  }

  private static List<Rectangle2D> screens() {
    return Screen.getScreens().stream().map(Screen::getVisualBounds).toList();
  }

  /** In the sizes that systems ask for. */
  static List<Image> icons() {
    return Stream.of(16, 32, 48, 128)
        .map(size -> WindowSession.class.getResource("icon-" + size + ".png"))
        .flatMap(url -> Optional.ofNullable(url).stream())
        .map(url -> new Image(url.toExternalForm()))
        .toList();
  }

  /** Looks now and then whether the notes should be locked. */
  private void watch(Stage stage) {
    Timeline watch =
        new Timeline(
            new KeyFrame(
                Duration.seconds(PrivacyViewModel.LOOK.toSecondsPart()),
                _ -> window.privacy().look(assistant.workingProperty().get())));
    watch.setCycleCount(Animation.INDEFINITE);
    stage
        .showingProperty()
        .addListener((_, _, isShowing) -> {
          if (!isShowing) {
            watch.stop();
            window.letGo();
            view.letGo();
          }
        });
    watch.play();
  }

  private void followGeometry(Stage stage) {
    PauseTransition quiet = new PauseTransition(QUIET);
    quiet.setOnFinished(_ -> remember(stage));
    List.of(stage.xProperty(), stage.yProperty(), stage.widthProperty(), stage.heightProperty())
        .forEach(property -> property.addListener((_, _, _) -> quiet.playFromStart()));
    stage.maximizedProperty().addListener((_, _, _) -> quiet.playFromStart());
  }

  private void remember(Stage stage) {
    if (stage.isMaximized()) {
      Geometry was =
          window.setting(WindowViewModel.GEOMETRY).flatMap(Geometry::parse).orElse(FIRST);
      window.put(
          WindowViewModel.GEOMETRY,
          new Geometry(was.x(), was.y(), was.width(), was.height(), true).toString());
    } else {
      window.put(
          WindowViewModel.GEOMETRY,
          new Geometry(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), false)
              .toString());
    }
  }

  /** Stops a request, keeps its answer, and saves everything; ends when all is on disk. */
  public CompletableFuture<@Nullable Void> flush() {
    CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
    if (assistant.workingProperty().get()) {
      assistant.workingProperty().addListener((_, _, _) -> stopped.complete(null));
      boolean _ = assistant.escape();
    } else {
      stopped.complete(null);
    }
    return stopped
        .completeOnTimeout(null, STOPPING.toMillis(), TimeUnit.MILLISECONDS)
        .thenComposeAsync(_ -> window.flush(), Platform::runLater);
  }

  /** Asks whether the window may be closed although its text could not be saved. */
  public boolean mayLose(Stage stage) {
    ButtonType keep = new ButtonType(messages.get("lose.keep"), ButtonBar.ButtonData.CANCEL_CLOSE);
    ButtonType lose = new ButtonType(messages.get("lose.close"), ButtonBar.ButtonData.OTHER);
    Alert alert = new Alert(Alert.AlertType.WARNING, messages.get("lose.words"), keep, lose);
    alert.initOwner(stage);
    alert.setTitle(messages.get("name"));
    alert.setHeaderText(messages.get("lose.title"));
    return alert.showAndWait().filter(lose::equals).isPresent();
  }

  /** The window is not closed after all. */
  public void stayOpen(Stage stage) {
    closing = false;
    stage.setTitle(messages.get("name"));
  }
}
