package org.qalam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.assist.Assistant;
import org.qalam.assist.EngineAssistant;
import org.qalam.catalog.ModelCatalog;
import org.qalam.convert.ModelImporter;
import org.qalam.engine.CacheType;
import org.qalam.engine.Engine;
import org.qalam.engine.ModelLoader;
import org.qalam.engine.ModelPreparer;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.search.NoteSearch;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;

/** {@code qalam rewrite} with the starter model that the build imported. */
class RewriteCommandTest {
  private static final String WRONG = "She dont like apples.";
  private static final String LIKES = "She (doesn't|does not) like apples\\.";
  private static final String NL = System.lineSeparator();
  private static final Engine ENGINE = new WorkerEngine(new OnnxModelLoader(), _ -> 2);

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path models = Path.of("models");

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  private int run(String input, String... arguments) {
    return execute("rewrite", input, arguments);
  }

  private int execute(String command, String input, String... arguments) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    String[] all = new String[arguments.length + 1];
    all[0] = command;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new QalamCommand()
        .execute(
            () -> 0,
            List.of(
                new RewriteCommand(new ModelsOnly(), new ByteArrayInputStream(bytes)),
                new AskCommand(new ModelsOnly(), new ByteArrayInputStream(bytes))),
            new PrintWriter(out),
            new PrintWriter(err),
            all);
  }

  @Test
  void textFromStandardInputGoesCorrectedToStandardOutput() {
    assertEquals(0, run(WRONG, "--action", "proofread"), err::toString);
    assertTrue(out.toString().matches(LIKES + NL), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void aQuestionIsAnsweredWithThePassageThatSaysSo() {
    String text =
        "The rent is 840 euros a month, and the heating is included in it.\n\nThe dog of the man below us is called Biscuit.\n";
    assertEquals(0, execute("ask", text, "How much is the rent?"), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.getFirst().contains("840"), out.toString());
    assertTrue(lines.getFirst().contains("[1]"), out.toString());
    assertEquals(
        "[1] The rent is 840 euros a month, and the heating is included in it.", lines.getLast());
  }

  @Test
  void aQuestionThatTheTextDoesNotAnswerIsSaidNotToBe() {
    assertEquals(1, execute("ask", "The rent is 840 euros.", "Who composed the symphony?"));
    assertEquals("", out.toString());
    assertEquals("The text does not answer this." + NL, err.toString());
    assertEquals(1, execute("ask", "The rent is 840 euros.", " "));
    assertTrue(err.toString().contains("Say what you want to know."), err.toString());
  }

  @Test
  void aQuestionToAllDocumentsIsAnsweredFromTheOneThatSaysIt() throws Exception {
    String text = "# Flat\n\nThe rent is 840 euros a month, and the heating is included in it.";
    String id;
    try (DocumentStore store = H2DocumentStore.open(folder.resolve("home"))) {
      id = store.create("", text).id().toString();
      store.create("Dog", "The dog below is called Biscuit and barks all night.");
    }
    assertEquals(0, execute("ask", "", "How much is the rent?", "--all", "--json"), err::toString);
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertTrue(answer.get("text").asText().contains("840"), out.toString());
    assertTrue(answer.get("text").asText().contains("[1]"), out.toString());
    JsonNode source = answer.get("sources").get(0);
    assertEquals(1, answer.get("sources").size());
    assertEquals(id, source.get("id").asText());
    assertEquals("Flat", source.get("title").asText());
    assertEquals(
        text.substring(source.get("start").asInt(), source.get("end").asInt()),
        source.get("text").asText());
    out.getBuffer().setLength(0);
    assertEquals(1, execute("ask", "", "Who composed the symphony?", "--all"));
    assertEquals("", out.toString());
    assertEquals("The documents do not answer this." + NL, err.toString());
    assertEquals(2, execute("ask", "", "Who?", "--all", "--in", "a.txt"));
  }

  @Test
  void textOfAFileGoesCorrectedToAnotherFile() throws Exception {
    Path in = Files.writeString(folder.resolve("in.md"), "# 2026\n\n- " + WRONG + "\n");
    Path target = folder.resolve("out.md");
    int exit = run("", "--action", "proofread", "--in", in.toString(), "--out", target.toString());
    assertEquals(0, exit, err::toString);
    String written = Files.readString(target);
    assertTrue(written.matches("# 2026\n\n- " + LIKES + "\n"), written);
    assertEquals("", out.toString());
    assertEquals("# 2026\n\n- " + WRONG + "\n", Files.readString(in));
    assertEquals(2, files(), "nothing else is left in the folder");
  }

  @Test
  void fileMayTakeThePlaceOfItsText() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), WRONG);
    int exit = run("", "--action", "proofread", "--in", file.toString(), "--out", file.toString());
    assertEquals(0, exit, err::toString);
    assertTrue(Files.readString(file).matches(LIKES), Files.readString(file));
  }

  @Test
  void writtenFileMayBeReadByWhomeverAnOrdinaryFileMay() throws Exception {
    Path target = folder.resolve("out.txt");
    int exit = run("1 + 1", "--action", "proofread", "--out", target.toString());
    assertEquals(0, exit, err::toString);
    Path ordinary = Files.writeString(folder.resolve("ordinary.txt"), "x");
    assertEquals(permissions(ordinary), permissions(target));
  }

  @Test
  void fileThatCannotBeWrittenIsNamed() {
    String target = folder.resolve("missing").resolve("out.txt").toString();
    assertEquals(1, run("1 + 1", "--action", "proofread", "--out", target));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("missing"), err.toString());
    assertFalse(err.toString().contains("part"), err.toString());
  }

  @Test
  void diffShowsOnlyTheLinesThatChange() {
    String text = "The garden is quiet.\n\n\n\n" + WRONG + "\n\n\n\n```\na have b\n```\n";
    assertEquals(0, run(text, "--action", "proofread", "--diff"), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertEquals(List.of("--- before", "+++ after"), lines.subList(0, 2));
    assertTrue(lines.contains("-" + WRONG), out.toString());
    assertTrue(lines.stream().anyMatch(line -> line.matches("\\+" + LIKES)), out.toString());
    assertFalse(out.toString().contains("a have b"), out.toString());
  }

  @Test
  void diffOfATextThatIsRightIsEmpty() {
    assertEquals(0, run("The garden is quiet.", "--action", "proofread", "--diff"), err::toString);
    assertEquals("", out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void jsonTellsTheTextAndItsFindings() throws Exception {
    int exit = run("The garden is quiet.", "--action", "proofread", "--json");
    assertEquals(0, exit, err::toString);
    JsonNode facts = new ObjectMapper().readTree(out.toString());
    assertEquals("The garden is quiet.", facts.get("text").asText());
    assertEquals("proofread", facts.get("action").asText());
    assertEquals("smollm2-135m-instruct", facts.get("model").asText());
    assertEquals("unchanged", facts.get("findings").get(0).get("check").asText());
    assertEquals(1, facts.get("attempts").asInt());
    assertTrue(facts.get("new_tokens").asInt() > 3);
  }

  @Test
  void byteOrderMarkAndWindowsLineEndsDoNotComeBack() {
    assertEquals(0, run("\ufeff1 + 1\r\n2 + 2\r\n", "--action", "proofread"), err::toString);
    assertEquals("1 + 1\n2 + 2\n", out.toString());
  }

  @Test
  void instructionIsCarriedOut() {
    run(WRONG, "--action", "instruct", "--instruction", "Correct the grammar.");
    assertFalse(out.toString().isBlank());
  }

  @Test
  void instructWithoutInstructionAsksForOne() {
    assertEquals(1, run(WRONG, "--action", "instruct"));
    assertEquals("Say what is to be done with the text." + NL, err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void unknownActionIsWrongUseAndNamesAll() {
    assertEquals(2, run(WRONG, "--action", "dance"));
    assertTrue(
        err.toString()
            .startsWith(
                "There is no action 'dance'; there are: proofread, rewrite, to-list, to-table,"
                    + " friendly, professional, confident, plain, concise, expand, summarize,"
                    + " key-points, title, draft, continue, translate, instruct."),
        err.toString());
  }

  @Test
  void translationNeedsALanguage() {
    assertEquals(2, run(WRONG, "--action", "translate"));
    assertTrue(err.toString().startsWith("Say into which language with --language"), err::toString);
    assertEquals(2, run(WRONG, "--action", "translate", "--language", "klingon"));
    assertTrue(err.toString().contains("There is no language 'klingon'"), err::toString);
  }

  @Test
  void languageIsForTranslationsAlone() {
    assertEquals(2, run(WRONG, "--action", "proofread", "--language", "fr"));
    assertTrue(
        err.toString().startsWith("The action 'proofread' keeps the text's language"),
        err::toString);
  }

  @Test
  void missingFileIsNamed() {
    String missing = folder.resolve("missing.txt").toString();
    assertEquals(1, run("", "--action", "proofread", "--in", missing));
    assertEquals("There is no file " + missing + "; check the name." + NL, err.toString());
  }

  @Test
  void emptyTextIsRefused() {
    assertEquals(1, run(" \n", "--action", "proofread"));
    assertEquals("There is no text here; write or select some first." + NL, err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void unknownModelIsRefusedWithTheInstalledOnes() {
    assertEquals(1, run(WRONG, "--action", "proofread", "--model", "giant"));
    assertEquals(
        "There is no model 'giant'; installed: smollm2-135m-instruct." + NL, err.toString());
  }

  @Test
  void withoutAnyModelItSaysHowToAddOne() {
    models = folder;
    assertEquals(1, run(WRONG, "--action", "proofread"));
    assertEquals(
        "No model is installed; add one with: qalam model import PATH." + NL, err.toString());
  }

  private static Set<PosixFilePermission> permissions(Path file) throws Exception {
    boolean known = Files.getFileStore(file).supportsFileAttributeView("posix");
    return known ? Files.getPosixFilePermissions(file) : Set.of(); // Windows has none
  }

  private long files() throws Exception {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }

  /** Services of which only what works with models is asked for. */
  private final class ModelsOnly implements Services {
    @Override
    public Path home() {
      return folder;
    }

    @Override
    public ModelCatalog catalog() {
      return new ModelCatalog(models, List.of());
    }

    @Override
    public ModelImporter importer() {
      throw new AssertionError("nothing is imported");
    }

    @Override
    public ModelLoader loader(CacheType cacheType) {
      return new OnnxModelLoader();
    }

    @Override
    public ModelPreparer preparer(CacheType cacheType) {
      throw new AssertionError("nothing is prepared");
    }

    @Override
    public Engine engine() {
      return ENGINE;
    }

    @Override
    public Assistant assistant() {
      return new EngineAssistant(ENGINE);
    }

    @Override
    public DocumentStore openStore() {
      return H2DocumentStore.open(folder.resolve("home"));
    }

    @Override
    public NoteSearch search(NoteSearch.Source source, boolean byMeaning) {
      return new NoteSearch(source);
    }

    @Override
    public void close() {}
  }
}
