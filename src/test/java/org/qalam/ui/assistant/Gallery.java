package org.qalam.ui.assistant;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.NodeOrientation;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.qalam.assist.AssistException;
import org.qalam.assist.Finding;
import org.qalam.assist.Phase;
import org.qalam.document.DocumentId;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.settings.ModelPill;
import org.qalam.ui.settings.ModelsView;

/**
 * Draws the panel in each of its states, light and dark, to {@code target/gallery}. For people to
 * look at: run its {@code main} on the headless platform.
 */
final class Gallery {
  private static final String LETTER =
      """
      The heating has been broke since Monday, and the flat is realy cold in the evening. I have call \
      the office twice this week.

      On the phone they said “somebody will come on the 24th”, but nobody come.

      Please send a technician before Friday. I can be at home on any morning between 8 and 11.\
      """;

  private static final String CORRECTED =
      """
      The heating has been broken since Monday, and the flat is really cold in the evening. I have \
      called the office twice this week.

      On the phone they said “somebody will come on the 24th”, but nobody came.

      Please send a technician before Friday. I can be at home on any morning between 8 and 11.\
      """;

  private static final String REWRITTEN =
      """
      Our flat has had no heating since Monday and the evenings are bitterly cold. Two calls to your \
      office have led to nothing: the visit promised for the 24th never happened.

      Kindly arrange a repair before Friday; any morning from 8 to 11 suits me.\
      """;

  private static final String ARABIC =
      """
      التدفئة معطله منذ يوم الاثنين، والشقة باردة جدن في المساء. اتصلت بالمكتب مرتين هذا الأسبوع.

      قالوا في الهاتف: «سيأتي أحدهم في ٢٤ من الشهر»، ولكن لم يأتي أحد.

      أرجو إرسال فني قبل يوم الجمعة. أكون في البيت كل صباح بين الساعة ٨ و ١١.\
      """;

  private static final String ARABIC_CORRECTED =
      """
      التدفئة معطلة منذ يوم الاثنين، والشقة باردة جداً في المساء. اتصلت بالمكتب مرتين هذا الأسبوع.

      قالوا في الهاتف: «سيأتي أحدهم في ٢٤ من الشهر»، ولكن لم يأتِ أحد.

      أرجو إرسال فني قبل يوم الجمعة. أكون في البيت كل صباح بين الساعة ٨ و ١١.\
      """;

  private final Path folder = Path.of("target", "gallery");
  private final Path models;

  private Gallery(Path models) {
    this.models = models;
  }

  public static void main(String[] arguments) throws Exception {
    Gallery gallery = new Gallery(Files.createTempDirectory("gallery"));
    Files.createDirectories(gallery.folder);
    Desk.addModel(gallery.models, "smollm2", "SmolLM2 135M Instruct");
    CompletableFuture<Void> done = new CompletableFuture<>();
    Platform.setImplicitExit(false);
    Platform.startup(() -> {
      Application.setUserAgentStylesheet(
          new atlantafx.base.theme.PrimerLight().getUserAgentStylesheet());
      done.complete(null);
    });
    done.get(30, TimeUnit.SECONDS);
    try {
      gallery.drawAll();
    } finally {
      Platform.exit();
    }
  }

  private void drawAll() throws Exception {
    for (boolean dark : new boolean[] {false, true}) {
      draw("idle", dark, false, LETTER, _ -> {});
      draw(
          "reading",
          dark,
          false,
          LETTER,
          desk -> {
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant.tell(new Phase.Reading(120, 480));
          });
      draw(
          "writing",
          dark,
          false,
          LETTER,
          desk -> {
            history(desk);
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant.tell(new Phase.Retrying(new Finding(Finding.Check.CHATTER, "")));
            desk.assistant.tell(new Phase.Reading(480, 480));
            desk.assistant.write(CORRECTED.substring(0, 200), 45, 90);
          });
      draw(
          "paused",
          dark,
          false,
          LETTER,
          desk -> {
            history(desk);
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant.tell(new Phase.Reading(480, 480));
            desk.assistant.write(CORRECTED.substring(0, 200), 45, 90);
            desk.panel.pauseOrResume();
          });
      draw(
          "proposed",
          dark,
          false,
          LETTER,
          desk -> {
            history(desk);
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant.answer(CORRECTED);
          });
      draw(
          "rewritten",
          dark,
          false,
          LETTER,
          desk -> {
            history(desk);
            desk.panel.instruct("make it firmer, keep it polite");
            desk.assistant.answer(
                REWRITTEN, new Finding(Finding.Check.TOO_SHORT, "58 of 66 words"));
          });
      draw(
          "summary-changed",
          dark,
          false,
          LETTER,
          desk -> {
            desk.panel.run(ScriptedAssistant.SUMMARIZE);
            desk.assistant.answer(
                "The heating is broken, two calls led to nothing, and the writer asks for a repair "
                    + "before Friday.");
          });
      draw(
          "changed",
          dark,
          false,
          LETTER,
          desk -> {
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.text.type(4, 7, "boiler");
            desk.assistant.answer(CORRECTED);
            desk.panel.accept();
          });
      draw(
          "other",
          dark,
          false,
          LETTER,
          desk -> {
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant.answer(CORRECTED);
            desk.text.open(DocumentId.random(), "Another text.");
          });
      draw(
          "unchanged",
          dark,
          false,
          LETTER,
          desk -> {
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant.answer(LETTER, new Finding(Finding.Check.UNCHANGED, ""));
          });
      draw(
          "failed",
          dark,
          false,
          LETTER,
          desk -> {
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant
                .answers
                .getLast()
                .completeExceptionally(
                    new AssistException(
                        AssistException.Reason.MODEL_UNUSABLE,
                        "model.onnx.data is not the file that was installed: remove the model and "
                            + "add it again."));
          });
      draw(
          "asked",
          dark,
          false,
          LETTER,
          desk -> {
            history(desk);
            desk.panel.ask("When can the technician come?");
            desk.assistant.answerFrom(
                List.of(
                    "On the phone they said “somebody will come on the 24th”, but nobody come.",
                    "Please send a technician before Friday. I can be at home on any morning between 8 and 11."),
                "The technician can come on any morning between 8 and 11 [2].",
                new Finding(Finding.Check.UNSUPPORTED, "1 / 2"));
          });
      draw(
          "asked-in-vain",
          dark,
          false,
          LETTER,
          desk -> {
            desk.panel.ask("What is the technician's name?");
            desk.assistant.answerFrom(
                List.of(
                    "Please send a technician before Friday. I can be at home on any morning between 8 and 11."),
                "",
                new Finding(Finding.Check.NOT_SAID, ""));
          });
      draw("off", dark, false, LETTER, desk -> desk.models.setEnabled(false));
      draw(
          "arabic",
          dark,
          true,
          ARABIC,
          desk -> {
            history(desk);
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant.answer(ARABIC_CORRECTED);
          });
      draw(
          "arabic-asked",
          dark,
          false,
          ARABIC,
          desk -> {
            desk.panel.ask("متى أكون في البيت؟");
            desk.assistant.answerFrom(
                List.of("أرجو إرسال فني قبل يوم الجمعة. أكون في البيت كل صباح بين الساعة ٨ و ١١."),
                "“أكون في البيت كل صباح بين الساعة ٨ و ١١.” [1]",
                new Finding(Finding.Check.QUOTED, ""));
          });
      draw(
          "arabic-ltr",
          dark,
          false,
          ARABIC,
          desk -> {
            desk.panel.run(ScriptedAssistant.PROOFREAD);
            desk.assistant.answer(ARABIC_CORRECTED + " Please call +49 30 123456 (Mr Kaya) الآن.");
          });
    }
    Path empty = Files.createTempDirectory("none");
    draw("no-model", false, false, empty, LETTER, _ -> {});
    draw(
        "no-model-failed",
        true,
        false,
        empty,
        LETTER,
        desk -> desk.models.add(Path.of("notes.txt")));
    drawPage(false);
    drawPage(true);
    drawMenu(false);
    drawMenu(true);
  }

  private static void history(Desk desk) {
    desk.panel.instruct("a warmer greeting");
    desk.assistant.answer("Dear Ms Keller, I hope that you are well.");
    desk.panel.insertBelow();
    desk.panel.run(ScriptedAssistant.SUMMARIZE);
    desk.assistant.answer("التدفئة معطلة والكاتب يطلب إصلاحها قبل يوم الجمعة.");
    desk.panel.discard();
    desk.text.open(
        desk.text.document.get().orElseThrow(), desk.text.text().split("Dear", 2)[0].strip());
  }

  private void draw(String name, boolean dark, boolean mirrored, String text, Consumer<Desk> scene)
      throws Exception {
    draw(name, dark, mirrored, models, text, scene);
  }

  private void draw(
      String name, boolean dark, boolean mirrored, Path models, String text, Consumer<Desk> scene)
      throws Exception {
    Desk[] desk = new Desk[1];
    shoot(
        name + (dark ? "-dark" : "-light"),
        dark,
        348,
        724,
        () -> {
          desk[0] = new Desk(models, text, Runnable::run);
          AssistantView view =
              new AssistantView(desk[0].panel, new Commands(new Keymap()), () -> {});
          if (mirrored) {
            view.setNodeOrientation(NodeOrientation.RIGHT_TO_LEFT);
          }
          return view;
        },
        _ -> scene.accept(desk[0]));
  }

  private void drawPage(boolean dark) throws Exception {
    Desk.addModel(models, "llama-3.2-1b", "Llama 3.2 1B Instruct");
    shoot(
        "models" + (dark ? "-dark" : "-light"),
        dark,
        640,
        720,
        () -> {
          Desk desk = new Desk(models, LETTER, Runnable::run);
          return new javafx.scene.layout.VBox(
              new ModelPill(desk.models, () -> {}), new ModelsView(desk.models));
        },
        _ -> {});
  }

  private void drawMenu(boolean dark) throws Exception {
    AssistantView[] view = new AssistantView[1];
    shoot(
        "menu" + (dark ? "-dark" : "-light"),
        dark,
        348,
        724,
        () -> {
          Desk desk = new Desk(models, LETTER, Runnable::run);
          desk.assistant.actions = ActionRowsTest.builtIn();
          view[0] = new AssistantView(desk.panel, new Commands(new Keymap()), () -> {});
          return new StackPane(view[0], view[0].menu());
        },
        _ -> view[0].showActionsAt(view[0].localToScreen(10, 10).getX(), 200));
  }

  private void shoot(
      String name,
      boolean dark,
      double width,
      double height,
      java.util.function.Supplier<Region> make,
      Consumer<Region> then)
      throws Exception {
    Stage[] stage = new Stage[1];
    onUi(() -> {
      Region root = make.get();
      Scene scene = new Scene(root, width, height);
      scene
          .getStylesheets()
          .add(Objects.requireNonNull(Gallery.class.getResource("tokens.css")).toExternalForm());
      if (dark) {
        root.getStyleClass().add("dark");
      }
      stage[0] = new Stage();
      stage[0].setScene(scene);
      stage[0].show();
      then.accept(root);
    });
    Thread.sleep(250);
    onUi(() -> {
      Scene scene = stage[0].getScene();
      if (!name.startsWith("menu")) { // it closes where the keyboard goes elsewhere
        scene.getRoot().requestFocus();
      }
      write(name, scene.snapshot(null));
      stage[0].hide();
    });
  }

  private void write(String name, WritableImage image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, width, height, pixels, 0, width);
    try {
      ImageIO.write(picture, "png", folder.resolve(name + ".png").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void onUi(Runnable work) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        work.run();
        done.complete(null);
      } catch (Throwable e) {
        done.completeExceptionally(e);
      }
    });
    done.get(20, TimeUnit.SECONDS);
  }
}
