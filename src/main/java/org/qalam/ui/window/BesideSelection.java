package org.qalam.ui.window;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import org.qalam.task.UiThread;
import org.qalam.ui.assistant.AssistantView;
import org.qalam.ui.assistant.SelectionBar;
import org.qalam.ui.editor.EditorView;
import org.qalam.ui.editor.PointedSelection;
import org.qalam.ui.palette.Recents;

/** Has the bar beside the selection follow what happens in the editor. On the JavaFX thread. */
@UiThread
final class BesideSelection implements SelectionBar.Surroundings, PointedSelection.Heard {
  private final PointedSelection pointed;
  private final AssistantView panel;
  private final Recents recents;
  private final Runnable showPanel;
  private final SelectionBar bar;

  BesideSelection(EditorView editor, AssistantView panel, Recents recents, Runnable showPanel) {
    this.pointed = editor.pointedSelection();
    this.panel = panel;
    this.recents = recents;
    this.showPanel = showPanel;
    this.bar = panel.selectionBar(this);
    pointed.listen(this);
  }

  SelectionBar bar() {
    return bar;
  }

  @Override
  public void made(PointedSelection.Pointer pointer) {
    bar.selected(pointer.place(), pointer.isFinger());
  }

  @Override
  public void changed() {
    bar.close();
  }

  @Override
  public void scrolled() {
    if (bar.isOpen()) {
      pointed.whenLaidOut(bar::follow);
    }
  }

  @Override
  public Optional<Bounds> selection() {
    return pointed.place().map(PointedSelection.Place::selection);
  }

  @Override
  public Optional<Bounds> page() {
    return pointed.place().map(PointedSelection.Place::page);
  }

  @Override
  public boolean hasKeyboard() {
    return pointed.hasKeyboard();
  }

  @Override
  public void requestFocus() {
    pointed.requestFocus();
  }

  @Override
  public void showPanel() {
    showPanel.run();
  }

  @Override
  public void openMenu(double screenX, double screenY) {
    panel.showActionsAt(screenX, screenY);
  }

  @Override
  public List<String> recent() {
    return recents.ids();
  }
}
