package org.qalam.ui.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.qalam.assist.OwnActions;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelsPlace;
import org.qalam.convert.ImportException;
import org.qalam.store.DocumentStore;
import org.qalam.ui.ClosedWindows;
import org.qalam.ui.actions.OwnActionsViewModel;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.ScriptedAssistant;
import org.qalam.ui.editor.EditorViewModel;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.settings.ScriptedPreparation;

/** The whole window over a real store, with an assistant that answers when it is told to. */
record WholeWindow(
    WindowViewModel window,
    AssistantViewModel panel,
    ScriptedAssistant assistant,
    ProofViewModel proof) {
  /**
   * Shows it. On the JavaFX thread.
   *
   * @param stage a new one: TestFX's own lives as long as all tests, and so does what it ever
   *     showed, 20 MB a window
   * @param models folder called so that gets one model; own actions are in {@code home} beside it
   */
  static WholeWindow show(
      Stage stage, DocumentStore documents, Path models, SteppedTime time, Runnable closed) {
    ProofViewModel unchecked =
        new ProofViewModel(
            () -> {
              throw new IllegalStateException("nothing is checked on a machine without memory");
            },
            documents,
            Desk.SAME_THREAD,
            Desk.SAME_THREAD,
            Platform::runLater,
            0);
    return show(stage, documents, models, time, closed, unchecked);
  }

  /** The same, with a checker. */
  static WholeWindow show(
      Stage stage,
      DocumentStore documents,
      Path models,
      SteppedTime time,
      Runnable closed,
      ProofViewModel proof) {
    ClosedWindows.forget();
    EditorViewModel editor =
        new EditorViewModel(
            documents, Desk.SAME_THREAD, Desk.SAME_THREAD, time, Platform::runLater);
    WindowViewModel window =
        new WindowViewModel(
            documents, Desk.SAME_THREAD, Desk.SAME_THREAD, Platform::runLater, editor);
    ScriptedAssistant assistant = new ScriptedAssistant();
    OwnActions own = OwnActions.in(models.resolveSibling("home"));
    assistant.files = Optional.of(own);
    Desk.addModel(models, "tiny", "Tiny");
    ModelsViewModel known =
        new ModelsViewModel(
            new ModelCatalog(ModelsPlace.of(models.resolveSibling("")), List.of()),
            (_, _, _, _) -> {
              throw new ImportException("notes.txt is not a model: choose a GGUF file.");
            },
            new ScriptedPreparation(),
            assistant,
            documents,
            Desk.SAME_THREAD,
            Desk.SAME_THREAD,
            Platform::runLater);
    AssistantViewModel panel =
        new AssistantViewModel(
            assistant,
            documents,
            Desk.SAME_THREAD,
            Desk.SAME_THREAD,
            editor,
            known,
            Platform::runLater);
    OwnActionsViewModel ownActions =
        new OwnActionsViewModel(own, documents, Desk.SAME_THREAD, Platform::runLater);
    new WindowSession(
            window, panel, known, ownActions, proof, WindowViewModel.remembered(documents))
        .show(stage, closed);
    return new WholeWindow(window, panel, assistant, proof);
  }
}
