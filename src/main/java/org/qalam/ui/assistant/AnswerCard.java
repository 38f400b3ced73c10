package org.qalam.ui.assistant;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Finding;
import org.qalam.document.Output;
import org.qalam.document.TextSummary;
import org.qalam.ui.assistant.PanelState.Fit;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.keys.WindowCommand;
import org.qalam.ui.text.LineView;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.StyledLine;
import org.qalam.ui.text.WrappedText;

/** An answer and its original, what the checks found, and what can be done with it. */
final class AnswerCard extends VBox {
  private static final int SAMPLE_LINES = 8;

  private final AssistantViewModel model;
  private final Phrases phrases;
  private final Messages messages;
  private final OneLineText title = new OneLineText();
  private final Label note = new Label();
  private final HBox sides = new HBox();
  private final ToggleGroup side = new ToggleGroup();
  private final LineView text = new LineView();
  private final VBox remarks = new VBox(6);
  private final SourceRows sources;
  private final Button accept = new Button();
  private final Button insert = new Button();
  private final Button copy;
  private final Button retry;
  private final HBox variants = new HBox(4);
  private final Label place = new Label();
  private final OneLineText comingTold = new OneLineText();
  private final HBox coming = new HBox(8);
  private final ToggleButton details =
      new ToggleButton(null, new FontIcon("mdi2i-information-outline"));
  private final Button discard;
  private @Nullable Answer shown;

  AnswerCard(AssistantViewModel model, Keymap keymap, Phrases phrases, Messages messages) {
    this.model = model;
    this.sources = new SourceRows(messages, model::showSource);
    this.phrases = phrases;
    this.messages = messages;
    setId("answer-card");
    getStyleClass().add("card");
    title.getStyleClass().add("card-title");
    note.getStyleClass().add("quiet");
    note.setMinWidth(USE_PREF_SIZE);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    discard = icon("discard", "mdi2c-close", model::discard);
    discard.getStyleClass().add("bare");
    details.setId("details");
    details.getStyleClass().addAll("plain-button", "icon-only", "bare");
    name(details, messages.get("details"));
    details.selectedProperty().addListener((_, _, _) -> showBody());
    HBox ways = new HBox(details, discard);
    HBox head = new HBox(8, title, gap, note, ways);
    head.setAlignment(Pos.CENTER_LEFT);
    buildSides();
    text.setId("answer-text");
    VBox.setVgrow(text, Priority.SOMETIMES);
    accept.setId("accept");
    accept.setOnAction(_ -> model.accept());
    insert.setId("insert");
    insert.setOnAction(_ -> model.insertBelow());
    insert.getStyleClass().add("plain-button");
    copy = icon("copy", "mdi2c-content-copy", this::copy);
    retry = icon("retry", "mdi2r-refresh", model::retry);
    place.setId("variant-place");
    place.getStyleClass().add("quiet");
    place.setMinWidth(USE_PREF_SIZE);
    variants
        .getChildren()
        .addAll(
            keyed(
                keymap,
                icon("variant-previous", "mdi2c-chevron-left", model::previousVariant),
                WindowCommand.PREVIOUS_VERSION),
            place,
            keyed(
                keymap,
                icon("variant-next", "mdi2c-chevron-right", model::nextVariant),
                WindowCommand.NEXT_VERSION));
    variants.setAlignment(Pos.CENTER_LEFT);
    FlowPane buttons = new FlowPane(6, 6, accept, insert, copy, retry, variants);
    buttons.setPrefWrapLength(200);
    buildComing();
    for (Region fixed : new Region[] {head, sides, remarks, sources, buttons, coming}) {
      fixed.setMinHeight(USE_PREF_SIZE);
    }
    getChildren().addAll(head, sides, text, remarks, sources, buttons, coming);
  }

  /** The proposal that is being made behind the one that is shown. */
  private void buildComing() {
    coming.setId("coming");
    coming.setAlignment(Pos.CENTER_LEFT);
    coming.getStyleClass().add("coming");
    comingTold.getStyleClass().add("quiet");
    HBox.setHgrow(comingTold, Priority.ALWAYS);
    Button stop = icon("stop-further", "mdi2s-stop", () -> model.further().stop());
    coming.getChildren().addAll(comingTold, stop);
    model.further().comingProperty().addListener((_, _, now) -> showComing(now));
    showComing(model.further().comingProperty().get());
  }

  private void showComing(Optional<FurtherProposals.Coming> now) {
    show(coming, now.isPresent());
    now.ifPresent(proposal -> comingTold.setText(phrases.coming(proposal)));
  }

  private void buildSides() {
    sides.getStyleClass().add("segments");
    for (DiffText.Side each : DiffText.Side.values()) {
      ToggleButton button = new ToggleButton(messages.get("side." + each.name()));
      button.setId("side-" + each.name().toLowerCase(Locale.ROOT));
      button.setUserData(each);
      button.setToggleGroup(side);
      button.setMaxWidth(Double.MAX_VALUE);
      button.getStyleClass().add("segment");
      HBox.setHgrow(button, Priority.ALWAYS);
      sides.getChildren().add(button);
    }
    side.selectedToggleProperty()
        .addListener((_, before, now) -> {
          if (now == null) {
            side.selectToggle(before);
          } else {
            details.setSelected(false);
            showText();
          }
        });
  }

  private Button icon(String id, String literal, Runnable work) {
    Button button = new Button(null, new FontIcon(literal));
    button.setId(id);
    button.getStyleClass().addAll("plain-button", "icon-only");
    button.setOnAction(_ -> work.run());
    name(button, messages.get(id));
    return button;
  }

  private static Button keyed(Keymap keymap, Button button, WindowCommand command) {
    button.getTooltip().textProperty().bind(keymap.told(button.getAccessibleText(), command));
    return button;
  }

  private static void name(ButtonBase button, String name) {
    button.setAccessibleText(name);
    button.setTooltip(new Tooltip(name));
  }

  private void copy() {
    if (shown != null) {
      ClipboardContent content = new ClipboardContent();
      content.putString(shown.bare());
      if (Clipboard.getSystemClipboard().setContent(content)) {
        model.copied();
      }
    }
  }

  void show(PanelState.Proposed proposed) {
    Answer answer = proposed.answer();
    boolean isNew =
        shown == null
            || !shown.text().equals(answer.text())
            || !shown.output().equals(answer.output());
    shown = answer;
    title.setText(phrases.action(answer.action(), answer.instruction()));
    note.setText(note(proposed));
    boolean hasSides = answer.replaces() && !answer.isUnchanged() && !answer.text().isBlank();
    show(sides, hasSides);
    show(details, answer.output().isPresent());
    if (isNew) {
      details.setSelected(false);
      Toggle first = side.getToggles().get(hasSides ? 0 : 1);
      if (first.equals(side.getSelectedToggle())) {
        showText();
      } else {
        side.selectToggle(first); // which shows it
      }
    }
    showBody(answer);
    sources.tell(answer);
    show(sources, !sources.getChildren().isEmpty());
    showRemarks(proposed);
    showButtons(proposed);
  }

  /**
   * Fills it with a sample, to be styled and laid out before there is an answer; then empties it.
   */
  void rehearse(Runnable layout) {
    StyledLine line =
        StyledLine.paragraph(
            List.of(
                new StyledLine.Run("A sample ", ""),
                new StyledLine.Run("of ", "deleted"),
                new StyledLine.Run("lines", "inserted")),
            "");
    text.show(Collections.nCopies(SAMPLE_LINES, line));
    remark("muted", "mdi2c-check-all", line.text());
    layout.run();
    remarks.getChildren().clear();
    text.show(List.of());
  }

  private void showBody() {
    if (shown != null) {
      showText();
      showBody(shown);
    }
  }

  private void showBody(Answer answer) {
    boolean hasText = !answer.text().isBlank() && !answer.isUnchanged();
    show(text, hasText || details.isSelected());
  }

  private void showText() {
    Optional<Output> kept = shown == null ? Optional.empty() : shown.output();
    if (details.isSelected() && kept.isPresent()) {
      text.show(DiffText.details(kept.get(), phrases, messages));
    } else if (shown != null && side.getSelectedToggle() != null) {
      DiffText.Side chosen = (DiffText.Side) side.getSelectedToggle().getUserData();
      text.show(DiffText.paragraphs(shown, chosen, messages));
    }
  }

  private String note(PanelState.Proposed proposed) {
    Answer answer = proposed.answer();
    if (answer.reopened()) {
      return phrases.fate(answer.fate());
    }
    if (answer.text().isBlank() || answer.isUnchanged() || answer.isCited()) {
      return "";
    }
    if (proposed.review().isPresent() && !answer.isOneRewriting()) {
      Review.State review = proposed.review().get();
      return messages.get("changes.open", review.total(), review.accepted());
    }
    return answer.replaces() && !answer.isOtherText()
        ? messages.get("changes", answer.edits().size())
        : messages.get("words", TextSummary.countWords(answer.text()));
  }

  private void showRemarks(PanelState.Proposed proposed) {
    Answer answer = proposed.answer();
    remarks.getChildren().clear();
    if (answer.isUnchanged() && !answer.isDoubtful() && !answer.endedEarly()) {
      remark("good", "mdi2c-check-circle-outline", messages.get("nothing-to-change"));
    }
    if (answer.endedEarly()) {
      remark("amber", "mdi2h-hand-back-right-outline", messages.get(stopped(proposed)));
    }
    for (Finding finding : answer.findings()) {
      if (finding.isFault()) {
        remark("amber", "mdi2a-alert-outline", phrases.finding(answer, finding));
      } else if (finding.check() != Finding.Check.UNCHANGED || !answer.isUnchanged()) {
        remark("muted", "mdi2i-information-outline", phrases.finding(answer, finding));
      }
    }
    proposed
        .review()
        .filter(review -> review.guarded() > 0 && !answer.isOneRewriting())
        .ifPresent(review ->
            remark("amber", "mdi2s-shield-outline", messages.get("guarded", review.guarded())));
    showComparison(answer);
    showMissing(proposed.variants().missing());
    if (proposed.confirming() && proposed.fit() == Fit.SAME && !answer.stopped()) {
      remark("amber", "mdi2a-alert-outline", messages.get("checks.confirm"));
    }
    boolean isPassageAsked = answer.replaces() && !answer.isUnchanged();
    switch (proposed.fit()) {
      case SAME -> {}
      case CHANGED -> {
        if (isPassageAsked) {
          remark(
              "amber",
              "mdi2p-pencil-outline",
              messages.get(proposed.confirming() ? "fit.confirm" : "fit.changed"));
        }
      }
      case GONE -> remark("muted", "mdi2i-information-outline", messages.get("fit.gone"));
      case OTHER_DOCUMENT ->
          remark("amber", "mdi2f-file-document-outline", messages.get("fit.other"));
    }
    if (answer.fate() == Output.Fate.COPIED && !answer.reopened()) {
      remark("good", "mdi2c-check", messages.get("notice.COPIED"));
    }
    Optional<String> problem = model.history().problemProperty().get();
    problem.ifPresent(sentence ->
        remark(
            "amber",
            "mdi2a-alert-outline",
            sentence.isEmpty()
                ? messages.get("not-stored")
                : messages.get("not-stored.because", sentence)));
    show(remarks, !remarks.getChildren().isEmpty());
  }

  /** Proposals that were asked for and are not among those to step through. */
  private void showMissing(PanelState.Missing missing) {
    String information = "mdi2i-information-outline";
    if (missing.equal() > 0) {
      remark("muted", information, messages.get("proposals.equal", missing.equal()));
    }
    if (missing.empty() > 0) {
      remark("muted", information, messages.get("proposals.empty", missing.empty()));
    }
    missing
        .failure()
        .ifPresent(sentence ->
            remark(
                "amber",
                "mdi2a-alert-outline",
                sentence.isEmpty()
                    ? messages.get("proposals.failed")
                    : messages.get("proposals.failed.because", sentence)));
  }

  private static String stopped(PanelState.Proposed proposed) {
    Answer answer = proposed.answer();
    if (!answer.stopped()) {
      return answer.isUnchanged() ? "stopped.unchanged" : "stopped.whole";
    }
    return answer.replaces() && proposed.confirming() ? "stopped.confirm" : "stopped";
  }

  private void showComparison(Answer answer) {
    String told = phrases.comparison(answer);
    if (!told.isEmpty() && !answer.isUnchanged() && !answer.isCited()) {
      boolean passes = answer.comparison().passes();
      remark(passes ? "muted" : "amber", passes ? "mdi2c-check-all" : "mdi2a-alert-outline", told)
          .setId("checks");
    }
  }

  private HBox remark(String style, String icon, String sentence) {
    FontIcon sign = new FontIcon(icon);
    sign.getStyleClass().add(style);
    WrappedText words = new WrappedText(sentence);
    words.getStyleClass().add(style);
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox line = new HBox(7, sign, words);
    line.getStyleClass().addAll("remark", style);
    remarks.getChildren().add(line);
    return line;
  }

  private void showButtons(PanelState.Proposed proposed) {
    Answer answer = proposed.answer();
    Fit fit = proposed.fit();
    boolean isUsable = !answer.text().isBlank() && !answer.isUnchanged();
    boolean mayTouch = isUsable && fit != Fit.OTHER_DOCUMENT;
    boolean mayReplace = mayTouch && answer.replaces() && fit != Fit.GONE;
    String below =
        messages.get(fit == Fit.GONE || answer.passage().isBlank() ? "insert-here" : "insert");
    insert.setText(below);
    show(insert, mayTouch && mayReplace);
    show(accept, true);
    boolean isReviewed = proposed.review().isPresent() && !answer.isOneRewriting();
    if (isReviewed) {
      boolean acceptsAll = proposed.review().get().acceptsAll();
      accept.setText(messages.get(acceptsAll ? "review.all" : "close"));
    } else if (mayReplace) {
      accept.setText(messages.get(proposed.confirming() ? "replace-anyway" : "replace"));
    } else if (mayTouch) {
      accept.setText(below);
    } else if (isUsable) {
      show(accept, false);
    } else {
      accept.setText(messages.get("close"));
    }
    boolean isAdvised = (!answer.isDubious() && !answer.stopped()) || !isUsable;
    accept.getStyleClass().setAll("button", isAdvised ? "accent-button" : "plain-button");
    PanelState.Variants at = proposed.variants();
    place.setText(messages.get("variant.place", at.number(), at.all()));
    show(variants, at.all() > 1);
    show(copy, isUsable && !proposed.confirming());
    show(retry, fit == Fit.SAME || fit == Fit.CHANGED);
    show(discard, isUsable);
    name(discard, messages.get(answer.reopened() ? "close" : "discard"));
  }

  private static void show(Region node, boolean isShown) {
    node.setVisible(isShown);
    node.setManaged(isShown);
  }
}
