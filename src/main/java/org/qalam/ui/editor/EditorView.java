package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Insets;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexRange;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.InputEvent;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TouchEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.SelectionImpl;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.TwoDimensional;
import org.fxmisc.wellbehaved.event.EventPattern;
import org.fxmisc.wellbehaved.event.InputMap;
import org.fxmisc.wellbehaved.event.Nodes;
import org.qalam.document.TextRange;
import org.qalam.language.InterfaceLanguage;
import org.qalam.ui.assistant.TextTarget;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.TextDirection;

/** The editor: the text on its page, a find bar above it, a word where no document is open. */
public final class EditorView extends BorderPane {
  /** Width of the text on the page, in pixels at normal zoom. */
  private static final double LINE_WIDTH = 640;

  private static final double LEAST_MARGIN = 28;
  private static final double TOP = 30;
  private static final double NORMAL_SIZE = 17;
  private static final double SMALLEST = 0.8;
  private static final double LARGEST = 2.5;

  /** Widest that letters are on average in a word, as a part of the font's size. */
  private static final double LETTER = 0.75;

  /** Letters of a word that is never taken to pieces on a page of normal width. */
  static final int LONG_WORD = 30;

  /** How far above a paragraph without letters one is looked for that has some. */
  private static final int ABOVE = 50;

  /** Paragraphs that are styled in one go when they change. */
  private static final int AT_ONCE = 40;

  /** Changes in one step, or paragraphs with new marks, that are styled at once. */
  private static final int FEW = 6;

  /** Characters from which on a pasted text is made ready away from the JavaFX thread. */
  private static final int LONG_TEXT = 10_000;

  private final EditorViewModel model;
  private final Messages messages = Messages.of(EditorView.class);
  private final StyleClassedTextArea area = new Area();
  private final ChangesInTurn turns = new ChangesInTurn(area, this::settled);
  private final PointedSelection pointed = new PointedSelection(area);
  private final ReviewMarks marks = new ReviewMarks(area, this::restyleAll);
  private final FindBar findBar;
  private final OneLineText hint = new OneLineText();

  /** Keys pressed while a new document is on its way; they are typed into that one. */
  private final List<KeyEvent> held = new ArrayList<>();

  private final String fontFamily;
  private double zoom = 1;
  private int highlights;
  private volatile int longestWord = LONG_WORD;
  private Optional<ProofMenu> proofMenu = Optional.empty();
  private final Restyling restyling = new Restyling(this::restyle);

  /** The text as it was last asked for; empty since it has changed. */
  private Optional<String> lastText = Optional.empty();

  /** Whether what is put in has its styles already. */
  private boolean isStyled;

  /**
   * @param fontFamily an installed family that reads well in long texts
   */
  public EditorView(EditorViewModel model, String fontFamily, Runnable newDocument) {
    this.model = model;
    this.fontFamily = fontFamily;
    getStyleClass().add("editor-view");
    area.getStyleClass().add("editor-area");
    area.setWrapText(true);
    // Each paragraph has its own direction; mirrored as a whole, clicks would miss their letters.
    area.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
    area.setUseInitialStyleForInsertion(true);
    area.setUndoManager(turns.undoManager());
    area.setAccessibleText(messages.get("editor.name"));
    area.setContextMenu(contextMenu());
    SelectionBoxes.showSelection(area);
    area.multiPlainChanges().subscribe(this::changed);
    area.selectionProperty().addListener((_, _, _) -> selectionMoved());
    area.caretPositionProperty().addListener((_, _, _) -> selectionMoved());
    keys();
    VirtualizedScrollPane<StyleClassedTextArea> scroll = new VirtualizedScrollPane<>(area);
    scroll.getStyleClass().add("editor-scroll");
    widthProperty().addListener((_, _, _) -> layoutPage());
    setZoom(1);
    hint.setText(messages.get("editor.hint"));
    hint.getStyleClass().add("editor-hint");
    hint.setMouseTransparent(true);
    hint.setMaxHeight(USE_PREF_SIZE);
    StackPane.setAlignment(hint, Pos.TOP_LEFT);
    hint.visibleProperty().bind(model.emptyProperty().and(model.openProperty()));
    VBox nothing = nothingOpen(newDocument);
    nothing.visibleProperty().bind(model.openProperty().not());
    scroll.visibleProperty().bind(model.openProperty());
    setCenter(new StackPane(scroll, hint, nothing));
    findBar =
        new FindBar(
            area,
            messages,
            (puts, then) -> turns.make(surface().text(), puts, then),
            () -> setTop(null));
    layoutPage();
    model.attach(surface());
  }

  private VBox nothingOpen(Runnable newDocument) {
    Label title = new Label(messages.get("editor.nothing.title"));
    title.getStyleClass().add("empty-title");
    Label words = new Label(messages.get("editor.nothing.words"));
    words.getStyleClass().add("empty-words");
    Button create = new Button(messages.get("editor.nothing.new"));
    create.getStyleClass().addAll("primary");
    create.setOnAction(_ -> newDocument.run());
    VBox box = new VBox(title, words, create);
    box.getStyleClass().add("empty-state");
    return box;
  }

  private void changed(List<PlainTextChange> changes) {
    lastText = Optional.empty();
    for (int i = 0; i < changes.size(); i++) {
      PlainTextChange change = changes.get(i);
      model.moved(
          change.getPosition(), change.getRemoved().length(), change.getInserted().length());
      int place = placeAfter(changes, i);
      int first = paragraphAt(place);
      int last = paragraphAt(place + change.getInserted().length());
      restyling.shift(first, last - first - (int) lineEnds(change.getRemoved()));
      if (!isStyled) {
        restyle(first, last, last - first > AT_ONCE || changes.size() > FEW);
        restyleUndecided(last + 1);
      }
    }
    if (!turns.isUnderWay()) {
      model.textChanged();
    }
  }

  /** Where what this change put in is after those that follow it. */
  private static int placeAfter(List<PlainTextChange> changes, int index) {
    int place = changes.get(index).getPosition();
    for (PlainTextChange later : changes.subList(index + 1, changes.size())) {
      place += later.getPosition() < place ? later.getNetLength() : 0;
    }
    return place;
  }

  /** What came in turn is all there. */
  private void settled() {
    model.textChanged();
    model.selectionMoved();
  }

  private void selectionMoved() {
    if (!turns.isUnderWay()) {
      model.selectionMoved();
    }
  }

  private static long lineEnds(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  private int paragraphAt(int offset) {
    return area.offsetToPosition(Math.min(offset, area.getLength()), TwoDimensional.Bias.Forward)
        .getMajor();
  }

  /**
   * Styles these paragraphs, many of them a little later. Not those with right-to-left letters:
   * their styles keep JavaFX from failing when it wraps them (see {@link MarkdownStyles}).
   */
  private void restyle(int first, int last, boolean isMuch) {
    for (int paragraph = first; paragraph <= last; paragraph++) {
      if (!isMuch || TextDirection.hasRightToLeft(area.getParagraph(paragraph).getText())) {
        restyle(paragraph);
      }
    }
    if (isMuch) {
      restyling.add(first, last + 1);
    }
  }

  /** Styles these paragraphs, where they are more than a few in the next moments. */
  private void restyleAll(SortedSet<Integer> paragraphs) {
    if (paragraphs.size() > FEW) {
      restyling.add(paragraphs.first(), paragraphs.last() + 1);
    } else {
      paragraphs.forEach(this::restyle);
    }
  }

  private void restyle(int paragraph) {
    if (paragraph >= area.getParagraphs().size()) {
      return;
    }
    if (align(paragraph)) {
      restyleUndecided(paragraph + 1);
    }
    String text = area.getParagraph(paragraph).getText();
    if (!text.isEmpty()) {
      var spans = marks.over(paragraph, text, MarkdownStyles.characters(text, longestWord));
      if (!spans.equals(area.getStyleSpans(paragraph))) {
        area.setStyleSpans(paragraph, 0, spans);
      }
    }
  }

  /** Aligns the paragraphs without letters from here on: they run as those above them. */
  private void restyleUndecided(int first) {
    int paragraph = first;
    while (paragraph < area.getParagraphs().size()
        && !TextDirection.isDecidedBy(area.getParagraph(paragraph).getText())
        && align(paragraph)) {
      paragraph++;
    }
  }

  /** Whether it was aligned to the other side before. */
  private boolean align(int paragraph) {
    Collection<String> style = MarkdownStyles.paragraph(isRightToLeft(paragraph));
    if (List.copyOf(area.getParagraph(paragraph).getParagraphStyle()).equals(List.copyOf(style))) {
      return false;
    }
    area.setParagraphStyle(paragraph, style);
    return true;
  }

  /** Puts in what has its styles already; where it meets other text they are made again. */
  private void put(int start, int end, StyledPage page) {
    isStyled = true;
    try {
      area.replace(start, end, page.document());
    } finally {
      isStyled = false;
    }
    int first = paragraphAt(start);
    int last = paragraphAt(start + page.document().length());
    restyle(first);
    restyle(last);
    restyleUndecided(last + 1);
    if (page.longestWord() != longestWord) {
      restyle(first, last, last - first > AT_ONCE);
    }
  }

  /** The control; long texts are pasted in two steps. */
  private final class Area extends VisualArea {
    @Override
    public void undo() {
      turns.finish();
      super.undo();
    }

    @Override
    public void redo() {
      turns.finish();
      super.redo();
    }

    @Override
    public void paste() {
      String text = Clipboard.getSystemClipboard().getString();
      if (text == null || text.length() < LONG_TEXT || !isEditable()) {
        super.paste();
        return;
      }
      IndexRange selected = getSelection();
      model.prepare(
          text,
          new TextRange(selected.getStart(), selected.getEnd()),
          (page, place) -> {
            getUndoManager().preventMerge();
            put(place.start(), place.end(), (StyledPage) page);
            getUndoManager().preventMerge();
            requestFollowCaret();
          });
    }
  }

  /**
   * The window has gone, and this with it: the caret's clock stops, which would hold the text in
   * memory for ever.
   */
  public void letGo() {
    area.dispose();
  }

  /** So that nothing typed right after the key for a new document lands in the one before. */
  private void hold(KeyEvent key) {
    if (model.expectingProperty().get()) {
      held.add(key);
      key.consume();
    }
  }

  private void typeHeld() {
    List<KeyEvent> keys = List.copyOf(held);
    held.clear();
    keys.forEach(key -> Event.fireEvent(area, key.copyFor(area, area)));
  }

  /** What the writer does next is done to the whole of what comes in turn. */
  private void settleBefore(InputEvent event) {
    EventType<? extends Event> type = event.getEventType();
    boolean isTyped = event instanceof KeyEvent key && !key.isShortcutDown();
    if (type == KeyEvent.KEY_PRESSED
        || type == MouseEvent.MOUSE_PRESSED
        || type == TouchEvent.TOUCH_PRESSED
        || type == DragEvent.DRAG_DROPPED
        || type == InputMethodEvent.INPUT_METHOD_TEXT_CHANGED
        || (type == KeyEvent.KEY_TYPED && isTyped && area.isFocused())) {
      turns.finish();
    }
  }

  private void keys() {
    sceneProperty()
        .addListener((_, _, scene) -> {
          if (scene != null) {
            scene.addEventFilter(InputEvent.ANY, this::settleBefore);
          }
        });
    area.addEventFilter(KeyEvent.ANY, this::hold);
    model
        .expectingProperty()
        .addListener((_, _, now) -> {
          if (!now) {
            typeHeld();
          }
        });
    Nodes.addInputMap(
        area,
        // the control would go to the end of the text, away from what is being read
        InputMap.consume(
            EventPattern.keyPressed(KeyCode.A, KeyCombination.SHORTCUT_DOWN),
            _ -> area.selectAll()));
  }

  /** Puts marks around the selection, or takes them away where they are. */
  public void wrap(String marks) {
    IndexRange selected = area.getSelection();
    String text = area.getText(selected);
    int size = marks.length();
    boolean inside = text.length() >= 2 * size && text.startsWith(marks) && text.endsWith(marks);
    boolean around =
        selected.getStart() >= size
            && selected.getEnd() + size <= area.getLength()
            && area.getText(selected.getStart() - size, selected.getStart()).equals(marks)
            && area.getText(selected.getEnd(), selected.getEnd() + size).equals(marks);
    if (inside) {
      String bare = text.substring(size, text.length() - size);
      area.replaceText(selected, bare);
      area.selectRange(selected.getStart(), selected.getStart() + bare.length());
    } else if (around) {
      area.replaceText(selected.getStart() - size, selected.getEnd() + size, text);
      area.selectRange(selected.getStart() - size, selected.getEnd() - size);
    } else {
      area.replaceText(selected, marks + text + marks);
      area.selectRange(selected.getStart() + size, selected.getEnd() + size);
    }
  }

  /** Turns the selected paragraphs the other way than the first of them runs, in one step. */
  public void turn() {
    IndexRange selected = area.getSelection();
    int first = paragraphAt(selected.getStart());
    int last = paragraphAt(selected.getEnd());
    boolean rightToLeft = !isRightToLeft(first);
    List<ParagraphDirection.Change> changes = new ArrayList<>();
    for (int paragraph = first; paragraph <= last; paragraph++) {
      int start = area.getAbsolutePosition(paragraph, 0);
      boolean above = paragraph == first ? isRightToLeftAbove(first) : rightToLeft;
      ParagraphDirection.change(area.getParagraph(paragraph).getText(), above, rightToLeft)
          .map(change -> change.at(start))
          .ifPresent(changes::add);
    }
    if (changes.isEmpty()) {
      return;
    }
    ParagraphDirection.Change only = changes.getFirst();
    turns.make(
        surface().text(),
        changes.stream()
            .map(change ->
                new ChangesInTurn.Put(
                    change.column(), change.column() + change.removed(), change.inserted()))
            .toList(),
        () -> {
          if (selected.getLength() == 0 && selected.getStart() == only.column()) {
            // What is typed next stands behind the mark.
            area.moveTo(only.column() + only.inserted().length());
          }
          area.requestFollowCaret();
        });
  }

  private boolean isRightToLeft(int paragraph) {
    return TextDirection.isRightToLeft(
        area.getParagraph(paragraph).getText(), isRightToLeftAbove(paragraph));
  }

  /** Which way a paragraph without letters runs: as the text above it, or as the interface. */
  private boolean isRightToLeftAbove(int paragraph) {
    for (int above = paragraph - 1; above >= Math.max(0, paragraph - ABOVE); above--) {
      String text = area.getParagraph(above).getText();
      if (TextDirection.isDecidedBy(text)) {
        return TextDirection.isRightToLeft(text);
      }
    }
    return InterfaceLanguage.isRightToLeft();
  }

  /** Lets a checker underline what it finds, and offer what could stand there. */
  public void install(ProofViewModel proof) {
    ProofMarks proofMarks = new ProofMarks(area, proof);
    this.proofMenu =
        Optional.of(
            new ProofMenu(
                area,
                proof,
                proofMarks,
                messages,
                (range, text) -> {
                  int end = range.start() + text.length();
                  surface().replace(range, text, new TextRange(end, end));
                }));
  }

  /** Goes to the next words that a checker has something to say about. */
  public void nextRemark() {
    proofMenu.ifPresent(ProofMenu::next);
  }

  private ContextMenu contextMenu() {
    MenuItem undo = item("edit.undo", "Shortcut+Z", this::undo);
    MenuItem redo = item("edit.redo", "Shortcut+Shift+Z", this::redo);
    MenuItem cut = item("edit.cut", "Shortcut+X", area::cut);
    MenuItem copy = item("edit.copy", "Shortcut+C", area::copy);
    MenuItem paste = item("edit.paste", "Shortcut+V", area::paste);
    MenuItem all = item("edit.all", "Shortcut+A", area::selectAll);
    ContextMenu menu =
        new ContextMenu(
            undo, redo, new SeparatorMenuItem(), cut, copy, paste, new SeparatorMenuItem(), all);
    menu.setOnShowing(_ -> {
      boolean none = area.getSelection().getLength() == 0;
      cut.setDisable(none);
      copy.setDisable(none);
      undo.setDisable(!area.isUndoAvailable());
      redo.setDisable(!area.isRedoAvailable());
    });
    return menu;
  }

  /**
   * Opens and closes the menu at the text once, and later, when nobody does anything, fills a page
   * that nobody sees; to be called before the window is drawn.
   *
   * @param first short steps that are taken then before it
   */
  public void rehearse(List<Runnable> first) {
    ContextMenu menu = area.getContextMenu();
    menu.show(area, 0, 0);
    menu.hide();
    PageRehearsal _ = PageRehearsal.begin(getScene(), area.getStyle(), first);
  }

  private MenuItem item(String key, String shortcut, Runnable action) {
    MenuItem item = new MenuItem(messages.get(key));
    item.setAccelerator(KeyCombination.keyCombination(shortcut));
    item.setOnAction(_ -> action.run());
    return item;
  }

  /** Undoes the last step. */
  public void undo() {
    area.undo();
  }

  /** Does again what was undone. */
  public void redo() {
    area.redo();
  }

  /** Shows the find bar with the selection in it. */
  public void find() {
    setTop(findBar);
    findBar.begin(area.getSelectedText(), false);
  }

  /** The same with what is to come instead. */
  public void findAndReplace() {
    setTop(findBar);
    findBar.begin(area.getSelectedText(), true);
  }

  /** Makes the text larger or smaller. */
  public void zoom(UnaryOperator<Double> change) {
    setZoom(change.apply(zoom));
  }

  /** Size of the text, 1 being normal. */
  public double zoom() {
    return zoom;
  }

  private void setZoom(double factor) {
    zoom = Math.clamp(factor, SMALLEST, LARGEST);
    area.setStyle(
        String.format(
            Locale.ROOT,
            "-fx-font-family: '%s'; -fx-font-size: %.1fpx;",
            fontFamily,
            NORMAL_SIZE * zoom));
    layoutPage();
  }

  /**
   * What a paragraph has around it of its own (see the style sheet). JavaFX sets a wrapped
   * right-to-left line further right by the width of the space at its end, and what is outside a
   * paragraph is cut off.
   */
  private static final double SPACE = 10;

  /** Centres the page: the text is never wider than reads well. */
  private void layoutPage() {
    double side = Math.max(LEAST_MARGIN, (getWidth() - LINE_WIDTH * zoom) / 2) - SPACE;
    area.setPadding(new Insets(TOP, side, TOP, side));
    StackPane.setMargin(hint, new Insets(TOP + 2, side, 0, side + SPACE + 2));
    double line = getWidth() - 2 * side;
    int fits = (int) Math.clamp(line / (NORMAL_SIZE * zoom * LETTER), 1, LONG_WORD);
    if (getWidth() > 0 && fits != longestWord) {
      longestWord = fits;
      for (int paragraph = 0; paragraph < area.getParagraphs().size(); paragraph++) {
        if (TextDirection.hasRightToLeft(area.getParagraph(paragraph).getText())) {
          restyle(paragraph, paragraph, false);
        }
      }
    }
  }

  /** What is selected, for what is shown beside it. */
  public PointedSelection pointedSelection() {
    return pointed;
  }

  /** Where the caret or the selection's end is on the screen, for what is shown beside it. */
  public Point2D caretOnScreen() {
    return area.getCaretBounds()
        .map(bounds -> new Point2D(bounds.getMinX(), bounds.getMaxY()))
        .orElseGet(() -> area.localToScreen(area.getWidth() / 2, 60));
  }

  private Surface surface() {
    return new Surface() {
      @Override
      public String text() {
        turns.finish();
        String text = lastText.orElseGet(area::getText);
        lastText = Optional.of(text);
        return text;
      }

      @Override
      public TextRange selection() {
        IndexRange range = area.getSelection();
        return new TextRange(range.getStart(), range.getEnd());
      }

      @Override
      public int caret() {
        return area.getCaretPosition();
      }

      @Override
      public Page prepare(String text) {
        return StyledPage.of(text, longestWord);
      }

      @Override
      public void open(Page page, int caret) {
        marks.forget();
        put(0, area.getLength(), (StyledPage) page);
        area.getUndoManager().forgetHistory();
        area.getUndoManager().mark();
        area.moveTo(caret);
        area.requestFollowCaret();
      }

      @Override
      public void replace(TextRange range, String text, TextRange selected) {
        // A step of its own, whatever was typed before and after it.
        area.getUndoManager().preventMerge();
        area.replaceText(range.start(), range.end(), text);
        area.getUndoManager().preventMerge();
        area.selectRange(selected.start(), selected.end());
        area.requestFollowCaret();
      }

      @Override
      public void replaceAll(List<TextTarget.Replacement> replacements, Runnable then) {
        List<ChangesInTurn.Put> puts = new ArrayList<>();
        for (TextTarget.Replacement replacement : replacements) {
          TextRange range = replacement.passage().range();
          puts.add(new ChangesInTurn.Put(range.start(), range.end(), replacement.text()));
        }
        turns.make(text(), puts, then);
      }

      @Override
      public void settle() {
        turns.finish();
      }

      @Override
      public void mark(List<TextTarget.Mark> next) {
        marks.show(next);
      }

      @Override
      public void reveal(TextRange range) {
        area.moveTo(range.start());
        area.requestFollowCaret();
      }

      @Override
      public void select(TextRange range) {
        area.selectRange(range.start(), range.end());
        area.requestFollowCaret();
      }

      @Override
      public AutoCloseable highlight(TextRange range) {
        return workingMark(range);
      }

      @Override
      public void requestFocus() {
        area.requestFocus();
      }
    };
  }

  private AutoCloseable workingMark(TextRange range) {
    SelectionImpl<Collection<String>, String, Collection<String>> mark =
        SelectionBoxes.mark("working-" + highlights++, area, "working-mark");
    mark.selectRange(range.start(), range.end());
    return () -> area.removeSelection(mark);
  }
}
