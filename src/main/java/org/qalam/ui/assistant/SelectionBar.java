package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.geometry.Bounds;
import javafx.geometry.Dimension2D;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Action;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.Unseen;

/**
 * A few actions beside what was selected with mouse or finger, or where they are asked for by keys:
 * Proofread, Rewrite, the two used last, and the way to all. It leaves the keyboard in the text
 * unless it was asked for by keys, and goes away when the writer goes on. A layer over the window's
 * content. Confined to the JavaFX thread.
 */
@UiThread
public final class SelectionBar extends Region {
  /** Always there, in this order, where the assistant has them. */
  private static final List<String> FIRST = List.of("proofread", "rewrite");

  private static final int RECENT = 2;

  /** What a mouse's arrow and a fingertip cover, from their point, in pixels. */
  private static final double ARROW = 14;

  private static final double FINGER = 30;

  /** What stays free at the edges of the page, in pixels. */
  private static final double EDGE = 6;

  private final AssistantViewModel model;
  private final Phrases phrases;
  private final Messages messages;
  private final Surroundings surroundings;
  private final HBox box = new HBox();
  private final BooleanProperty isWanted = new SimpleBooleanProperty(true);
  private Optional<Rectangle2D> pointer = Optional.empty();

  /** What the bar stands in. On the JavaFX thread. */
  public interface Surroundings {
    /** Where the selection is on the screen; empty where none of it is seen. */
    Optional<Bounds> selection();

    /** What is seen of the text, on the screen. */
    Optional<Bounds> page();

    /** Whether the keyboard is in the text. */
    boolean hasKeyboard();

    /** Takes the keyboard into the text. */
    void requestFocus();

    /** Has the panel seen, where answers are. */
    void showPanel();

    /** Opens the menu of all actions at a place on the screen. */
    void openMenu(double screenX, double screenY);

    /** Ids of commands that were used, the last one first. */
    List<String> recent();
  }

  /** A button that takes the keyboard only where the writer went to the bar by keys. */
  private static final class QuietButton extends Button {
    QuietButton(String name, FontIcon icon) {
      super(name, icon);
      setFocusTraversable(false);
    }

    @Override
    public void requestFocus() {
      if (isFocusTraversable()) {
        super.requestFocus();
      }
    }
  }

  SelectionBar(
      AssistantViewModel model, Phrases phrases, Messages messages, Surroundings surroundings) {
    this.model = model;
    this.phrases = phrases;
    this.messages = messages;
    this.surroundings = surroundings;
    getStylesheets().add(AssistantView.STYLESHEET);
    setPickOnBounds(false);
    box.setId("selection-bar");
    box.getStyleClass().add("selection-bar");
    box.setAccessibleText(messages.get("bar"));
    box.setManaged(false);
    box.setVisible(false);
    getChildren().add(box);
    box.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    model.stateProperty().addListener((_, _, _) -> closeUnless(model.takesActions()));
    isWanted.addListener((_, _, wanted) -> closeUnless(wanted));
    // What it stands beside is laid out anew.
    widthProperty().addListener((_, _, _) -> close());
    heightProperty().addListener((_, _, _) -> close());
    EventHandler<MouseEvent> press = this::pressed;
    ChangeListener<@Nullable Node> focus = (_, _, _) -> closeUnless(isAtHand());
    sceneProperty()
        .addListener((_, before, now) -> {
          if (before != null) {
            before.removeEventFilter(MouseEvent.MOUSE_PRESSED, press);
            before.focusOwnerProperty().removeListener(focus);
          }
          if (now != null) {
            now.addEventFilter(MouseEvent.MOUSE_PRESSED, press);
            now.focusOwnerProperty().addListener(focus);
          }
        });
  }

  /** Whether it comes by itself after a selection. */
  public BooleanProperty wantedProperty() {
    return isWanted;
  }

  /**
   * Something was selected with a pointer that is here, on the screen.
   *
   * @param isFinger whether it covers more than an arrow does
   */
  public void selected(Point2D place, boolean isFinger) {
    if (isWanted.get() && surroundings.hasKeyboard()) {
      double covered = isFinger ? FINGER : ARROW;
      pointer =
          Optional.of(
              new Rectangle2D(
                  place.getX() - covered, place.getY() - covered, 2 * covered, 2 * covered));
      open(false);
    }
  }

  /** The writer asks for it by keys, which then move along it. */
  public void openByKeys() {
    pointer = Optional.empty();
    open(true);
  }

  private void open(boolean byKeys) {
    close();
    if (!model.takesActions()) {
      return;
    }
    fill();
    buttons().forEach(button -> button.setFocusTraversable(byKeys));
    box.setVisible(true);
    if (!stand()) {
      box.setVisible(false);
    } else if (byKeys) {
      buttons().getFirst().requestFocus();
    }
  }

  private List<Button> buttons() {
    return box.getChildren().stream().map(Button.class::cast).toList();
  }

  /** Buttons are made once for the actions that are offered. */
  private void fill() {
    List<Action> offered = offered();
    if (!offered.equals(box.getUserData())) {
      box.setUserData(offered);
      List<Button> made = new ArrayList<>();
      for (Action action : offered) {
        made.add(button(action));
      }
      Button more =
          button("more", messages.get("action.more"), new FontIcon("mdi2d-dots-horizontal"));
      more.setOnAction(_ -> openMenu());
      made.add(more);
      box.getChildren().setAll(made);
    }
  }

  private List<Action> offered() {
    Supplier<Stream<Action>> all =
        () ->
            model.actions().stream()
                .filter(action -> !action.needsInstruction() && !action.needsLanguage());
    List<Action> offered = new ArrayList<>();
    for (String id : FIRST) {
      all.get().filter(action -> action.id().equals(id)).forEach(offered::add);
    }
    surroundings.recent().stream()
        .flatMap(id -> all.get().filter(action -> ActionCommands.id(action).equals(id)))
        .filter(action -> !FIRST.contains(action.id()))
        .limit(RECENT)
        .forEach(offered::add);
    return offered;
  }

  private Button button(Action action) {
    FontIcon icon = new FontIcon();
    ActionIcons.show(icon, action.icon());
    Button button = button(action.id(), phrases.name(action), icon);
    button.setOnAction(_ -> {
      leave();
      surroundings.showPanel();
      boolean _ = model.run(action);
    });
    return button;
  }

  private static Button button(String id, String name, FontIcon icon) {
    Button button = new QuietButton(name, icon);
    button.setId("bar-" + id);
    button.getStyleClass().add("bar-button");
    button.setAccessibleText(name);
    button.setTooltip(new Tooltip(name));
    button.setMinWidth(USE_PREF_SIZE);
    return button;
  }

  private void openMenu() {
    Bounds at = box.localToScreen(box.getLayoutBounds());
    leave();
    surroundings.showPanel();
    surroundings.openMenu(at.getMinX(), at.getMinY());
  }

  /** Names where there is room for them, else icons alone; then where it stands. */
  private boolean stand() {
    Optional<Bounds> page = surroundings.page().map(this::local);
    Optional<Bounds> selection = surroundings.selection().map(this::local);
    if (page.isEmpty() || selection.isEmpty() || !page.get().intersects(selection.get())) {
      return false;
    }
    Bounds seen = page.get();
    double room = seen.getWidth() - 2 * EDGE;
    label(true);
    if (box.prefWidth(-1) > room) {
      label(false);
    }
    box.autosize();
    Rectangle2D free =
        new Rectangle2D(
            seen.getMinX() + EDGE,
            seen.getMinY() + EDGE,
            Math.max(0, room),
            Math.max(0, seen.getHeight() - 2 * EDGE));
    Point2D place =
        new BarPlace(free, rectangle(selection.get()), pointer.map(this::local))
            .of(new Dimension2D(box.getWidth(), box.getHeight()));
    box.relocate(snapPositionX(place.getX()), snapPositionY(place.getY()));
    return true;
  }

  private void label(boolean hasRoom) {
    for (Button button : buttons()) {
      boolean isNamed =
          hasRoom && FIRST.stream().anyMatch(id -> ("bar-" + id).equals(button.getId()));
      button.setContentDisplay(isNamed ? ContentDisplay.LEFT : ContentDisplay.GRAPHIC_ONLY);
    }
    box.applyCss();
  }

  private Bounds local(Bounds screen) {
    return screenToLocal(screen);
  }

  private Rectangle2D local(Rectangle2D screen) {
    Point2D one = screenToLocal(screen.getMinX(), screen.getMinY());
    Point2D other = screenToLocal(screen.getMaxX(), screen.getMaxY());
    return new Rectangle2D(
        Math.min(one.getX(), other.getX()),
        Math.min(one.getY(), other.getY()),
        screen.getWidth(),
        screen.getHeight());
  }

  private static Rectangle2D rectangle(Bounds bounds) {
    return new Rectangle2D(
        bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight());
  }

  /** The text was scrolled: it goes along, or away where nothing selected is seen any more. */
  public void follow() {
    closeUnless(!isOpen() || stand());
  }

  private void pressed(MouseEvent event) {
    closeUnless(box.contains(box.sceneToLocal(event.getSceneX(), event.getSceneY())));
  }

  private void keyPressed(KeyEvent event) {
    boolean isMirrored = getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT;
    int step =
        switch (event.getCode()) {
          case RIGHT -> isMirrored ? -1 : 1;
          case LEFT -> isMirrored ? 1 : -1;
          case TAB -> event.isShiftDown() ? -1 : 1;
          default -> 0;
        };
    List<Button> buttons = buttons();
    if (step != 0) {
      int at = buttons.indexOf(getScene().getFocusOwner());
      buttons.get(Math.floorMod(at + step, buttons.size())).requestFocus();
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER
        && getScene().getFocusOwner() instanceof Button focused) {
      focused.fire();
      event.consume();
    }
  }

  /** Whether the keyboard is in the text or in the bar. */
  private boolean isAtHand() {
    Node owner = getScene().getFocusOwner();
    return surroundings.hasKeyboard() || (owner != null && box.equals(owner.getParent()));
  }

  /** Whether it is on show. */
  public boolean isOpen() {
    return box.isVisible();
  }

  private void closeUnless(boolean stays) {
    if (!stays) {
      close();
    }
  }

  /** Hides it; a keyboard that was in it goes back to the text. */
  public void leave() {
    boolean hadFocus =
        isOpen() && getScene().getFocusOwner() instanceof Button owner && buttons().contains(owner);
    close();
    if (hadFocus) {
      surroundings.requestFocus();
    }
  }

  /** Hides it. */
  public void close() {
    box.setVisible(false);
  }

  /** Styles it before it is first seen, while nobody does anything. */
  public List<Runnable> laterSteps() {
    return List.of(
        Unseen.step(
            box,
            () -> {
              fill();
              box.applyCss();
            }),
        Unseen.step(
            box,
            () -> {
              box.autosize();
              box.layout();
            }));
  }
}
