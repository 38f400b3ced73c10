package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qalam.assist.Action;
import org.qalam.assist.Languages;
import org.qalam.task.UiThread;
import org.qalam.ui.keys.ActionCommand;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.keys.Keys;
import org.qalam.ui.palette.Command;
import org.qalam.ui.palette.Command.Listing;
import org.qalam.ui.palette.Offer;
import org.qalam.ui.text.Messages;

/** Actions as commands for the palette. Confined to the JavaFX thread. */
@UiThread
final class ActionCommands {
  private final AssistantViewModel model;
  private final Keymap keymap;
  private final Phrases phrases;
  private final Messages messages;
  private final ActionRows rows;
  private final Runnable show;

  /**
   * @param show is called before an action is run
   */
  ActionCommands(
      AssistantViewModel model, Keymap keymap, Phrases phrases, Messages messages, Runnable show) {
    this.model = model;
    this.keymap = keymap;
    this.phrases = phrases;
    this.messages = messages;
    this.rows = new ActionRows(phrases, messages);
    this.show = show;
  }

  static String id(Action action) {
    return "action." + action.id();
  }

  /** All of them in the order of menus; a translation for each language where that is typed. */
  List<Offer> all() {
    List<Offer> offers = new ArrayList<>();
    model.actions().stream()
        .filter(action -> !action.needsInstruction())
        .sorted(ActionRows.ORDER)
        .forEach(action -> {
          Command command = command(action);
          if (action.needsLanguage()) {
            offers.add(command.listed(Listing.BEGINNING).by(() -> {}));
            Languages.offered().forEach(code -> offers.add(into(action, command, code)));
          } else {
            offers.add(command.by(() -> run(() -> model.run(action))));
          }
        });
    return offers;
  }

  private Command command(Action action) {
    return new Command(
            id(action), rows.heading(action), phrases.name(action), action.icon(), keys(action))
        .unless(hindrance(action));
  }

  private Offer into(Action action, Command command, String code) {
    return new Command(
            command.id() + "." + code,
            command.group(),
            messages.get("action.into", command.name(), Phrases.language(code)),
            command.icon(),
            "",
            command.unavailable(),
            Listing.WHEN_TYPED)
        .by(() -> run(() -> model.run(action, Locale.of(code))));
  }

  /** What is typed as the writer's own words. */
  Optional<Offer> inWords(String typed) {
    return model
        .instructionAction()
        .filter(_ -> !typed.isBlank())
        .map(action ->
            command(action)
                .listed(Listing.WHEN_TYPED)
                .named(phrases.name(action), messages.get("quoted", typed))
                .by(() -> run(() -> model.instruct(typed))));
  }

  private void run(Runnable action) {
    show.run();
    action.run();
  }

  private Optional<String> hindrance(Action action) {
    return model.hindrance(action).map(why -> messages.get("hindrance." + why.name()));
  }

  private String keys(Action action) {
    return keymap
        .bindingsProperty()
        .get()
        .first(new ActionCommand(action))
        .map(Keys::shown)
        .orElse("");
  }
}
