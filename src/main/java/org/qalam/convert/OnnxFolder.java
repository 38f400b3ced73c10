package org.qalam.convert;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.tokenizer.TokenizerException;
import org.qalam.tokenizer.TokenizerJson;
import org.qalam.tokenizer.Vocabulary;

/**
 * A folder with an exported model in one of the two public layouts: as hubs have them ({@code
 * onnx/model_q4.onnx}, {@code config.json}, {@code tokenizer.json}) or as ONNX Runtime GenAI's
 * model builder writes them ({@code genai_config.json}, {@code model.onnx}). It is taken as it is:
 * checked and copied. Any thread.
 */
final class OnnxFolder {
  private static final int MIN_CONTEXT = 16;
  private static final String ENDING = ".onnx";

  private final Path root;
  private final List<Path> graphs;
  private final boolean isGenAi;

  /**
   * @param root folder of the files that describe the model
   * @param graphs the graphs to choose from, at least one
   */
  private OnnxFolder(Path root, List<Path> graphs, boolean isGenAi) {
    this.root = root;
    this.graphs = graphs;
    this.isGenAi = isGenAi;
  }

  /**
   * Finds the layout around a folder, its {@code onnx} folder, or one of its graphs.
   *
   * @return empty where {@code source} is no such thing
   * @throws ImportException where it is one but cannot be read
   */
  static Optional<OnnxFolder> find(Path source) throws ImportException {
    Path path = source.toAbsolutePath().normalize();
    try {
      if (Files.isDirectory(path)) {
        return findIn(path);
      }
      return isGraph(path) && Files.exists(path) ? Optional.of(around(path)) : Optional.empty();
    } catch (IOException e) {
      throw new ImportException(source + ": the folder cannot be read", e);
    }
  }

  private static Optional<OnnxFolder> findIn(Path folder) throws ImportException, IOException {
    if (Files.exists(folder.resolve(ExportedConfig.GENAI_FILE))) {
      return Optional.of(new OnnxFolder(folder, List.of(genAiGraph(folder)), true));
    }
    List<Path> graphs = graphsIn(folder.resolve("onnx"));
    if (graphs.isEmpty()) {
      graphs = graphsIn(folder);
    }
    if (graphs.isEmpty()) {
      return Optional.empty();
    }
    Path parent = folder.getParent();
    if (!Files.exists(folder.resolve(ExportedConfig.HUB_FILE))
        && parent != null
        && Files.exists(parent.resolve(ExportedConfig.HUB_FILE))) {
      return Optional.of(new OnnxFolder(parent, graphs, false)); // the folder called onnx
    }
    return Optional.of(new OnnxFolder(folder, graphs, false));
  }

  /** The layout around a graph that the user has named. */
  private static OnnxFolder around(Path graph) throws ImportException, IOException {
    Path folder = graph.getParent();
    if (folder == null) {
      throw new ImportException(graph + ": there is no tokenizer.json beside it");
    }
    if (Files.exists(folder.resolve(ExportedConfig.GENAI_FILE))
        && genAiGraph(folder).equals(graph)) {
      return new OnnxFolder(folder, List.of(graph), true);
    }
    Path parent = folder.getParent();
    for (Path root : parent == null ? List.of(folder) : List.of(folder, parent)) {
      if (Files.exists(root.resolve(ExportedConfig.HUB_FILE))) {
        return new OnnxFolder(root, List.of(graph), false);
      }
    }
    throw new ImportException(
        graph
            + ": an ONNX file alone is not enough; put it into the folder of its model, with"
            + " config.json and tokenizer.json");
  }

  private static Path genAiGraph(Path folder) throws ImportException, IOException {
    String name =
        JsonFile.read(folder.resolve(ExportedConfig.GENAI_FILE))
            .path("model")
            .path("decoder")
            .path("filename")
            .asText(ModelFolder.GRAPH_FILE);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,100}")) {
      throw new ImportException(
          ExportedConfig.GENAI_FILE + ": '" + name + "' is not the plain name of a file beside it");
    }
    return folder.resolve(name);
  }

  private static boolean isGraph(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  /** The graphs in a folder; those called model where there are any. */
  private static List<Path> graphsIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(OnnxFolder::isGraph).sorted().toList();
    }
    List<Path> models =
        all.stream()
            .filter(file -> String.valueOf(file.getFileName()).startsWith("model"))
            .toList();
    return models.isEmpty() ? all : models;
  }

  /** The folder that the model is named after. */
  Path root() {
    return root;
  }

  /**
   * Writes the model as a model folder.
   *
   * @param id the model's id
   * @param folder an empty folder
   * @param progress hears of bytes copied
   */
  void write(String id, Path folder, Progress progress, CancellationToken cancellation)
      throws ImportException, IOException {
    JsonFile.requirePlain(root.resolve(ModelFolder.TOKENIZER_FILE));
    ExportedConfig config = isGenAi ? ExportedConfig.ofGenAi(root) : ExportedConfig.ofHub(root);
    HubTexts texts = HubTexts.read(root);
    Path graph = choose(Precision.memory());
    Copier copier = new Copier(folder, progress, cancellation);
    Path copy = copier.copy(graph, ModelFolder.GRAPH_FILE);
    OnnxSummary summary = OnnxInspector.inspect(copy); // the copy: nobody changes it any more
    String name = String.valueOf(graph.getFileName());
    ExportedGraph exported = ExportedGraph.of(name, summary, config);
    for (String file : new TreeSet<>(summary.externalData().keySet())) {
      Path data = beside(graph, file, summary);
      requireSize(name, copier.copy(data, file), summary.externalData().getOrDefault(file, 0L));
    }
    Path tokenizer =
        copier.copy(root.resolve(ModelFolder.TOKENIZER_FILE), ModelFolder.TOKENIZER_FILE);
    Vocabulary vocabulary = vocabulary(tokenizer, exported);
    ModelFolder.write(
        folder,
        new ModelManifest(
            ModelManifest.FORMAT,
            id,
            GgufCheckpoint.title(String.valueOf(root.getFileName())),
            config.architecture(),
            "",
            name,
            Precision.of(summary).words(summary) + ", as exported",
            contextLength(config, summary),
            exported.vocabularySize(),
            exported.layers(),
            exported.keyValueHeads(),
            exported.headSize(),
            summary.parameters(),
            texts.bosToken().isEmpty()
                ? config.bosToken().map(bos -> spelling(vocabulary, bos)).orElse("")
                : texts.bosToken(),
            texts.eosToken(),
            stopTokens(config, texts, vocabulary),
            texts.chatTemplate(),
            List.of(),
            copier.entries(),
            exported.signature()));
  }

  /** The graph to take where there are several. */
  private Path choose(long memory) throws ImportException, IOException {
    if (graphs.size() == 1) {
      JsonFile.requirePlain(graphs.getFirst());
      return graphs.getFirst();
    }
    List<Precision.Choice<Path>> choices = new ArrayList<>();
    List<ImportException> failures = new ArrayList<>();
    for (Path graph : graphs) {
      try {
        JsonFile.requirePlain(graph);
        OnnxSummary summary = OnnxInspector.inspect(graph);
        long bytes = Files.size(graph);
        for (String file : summary.externalData().keySet()) {
          bytes += Files.size(beside(graph, file, summary));
        }
        choices.add(new Precision.Choice<>(graph, Precision.of(summary), bytes));
      } catch (ImportException e) {
        failures.add(e); // half a download of one precision does not spoil the others
      }
    }
    if (choices.isEmpty()) {
      throw failures.getFirst();
    }
    return Precision.choose(choices, memory);
  }

  private static Path beside(Path graph, String file, OnnxSummary summary)
      throws ImportException, IOException {
    Path data = graph.resolveSibling(file);
    JsonFile.requirePlain(data);
    requireSize(
        String.valueOf(graph.getFileName()), data, summary.externalData().getOrDefault(file, 0L));
    return data;
  }

  private static void requireSize(String graph, Path data, long needed)
      throws ImportException, IOException {
    long size = Files.size(data);
    if (size < needed) {
      throw new ImportException(
          data.getFileName()
              + ": it is cut short ("
              + size
              + " bytes of the "
              + needed
              + " that "
              + graph
              + " needs); download it again");
    }
  }

  private static Vocabulary vocabulary(Path tokenizer, ExportedGraph graph) throws ImportException {
    try {
      Vocabulary vocabulary = TokenizerJson.read(tokenizer);
      if (vocabulary.size() > graph.vocabularySize()) {
        throw new ImportException(
            ModelFolder.TOKENIZER_FILE
                + ": it has "
                + vocabulary.size()
                + " tokens, the graph "
                + graph.vocabularySize()
                + "; they do not belong together");
      }
      return vocabulary;
    } catch (TokenizerException e) {
      throw new ImportException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Positions that the model was made for and that the graph has rotary embeddings for. */
  private int contextLength(ExportedConfig config, OnnxSummary graph) throws ImportException {
    long length = Math.min(config.contextLength(), graph.positions());
    if (length < MIN_CONTEXT) {
      throw new ImportException(
          (isGenAi ? ExportedConfig.GENAI_FILE : ExportedConfig.HUB_FILE)
              + ": the model would read "
              + length
              + " tokens, which is too few to work with");
    }
    return (int) length;
  }

  private static String spelling(Vocabulary vocabulary, int id) {
    return id >= 0 && id < vocabulary.size() ? vocabulary.token(id) : "";
  }

  private static List<Integer> stopTokens(
      ExportedConfig config, HubTexts texts, Vocabulary vocabulary) {
    List<Integer> stops = new ArrayList<>(config.stopTokens());
    for (int id = 0; id < vocabulary.size() && !texts.eosToken().isEmpty(); id++) {
      if (vocabulary.token(id).equals(texts.eosToken())) {
        stops.add(id);
      }
    }
    return StopTokens.of(vocabulary, stops);
  }

  /** Copies files into the new model folder and notes what they are. */
  private static final class Copier {
    private final Path folder;
    private final Progress progress;
    private final CancellationToken cancellation;
    private final List<ModelManifest.FileEntry> entries = new ArrayList<>();
    private long done;

    Copier(Path folder, Progress progress, CancellationToken cancellation) {
      this.folder = folder;
      this.progress = progress;
      this.cancellation = cancellation;
    }

    List<ModelManifest.FileEntry> entries() {
      return entries;
    }

    Path copy(Path from, String name) throws IOException {
      Path to = folder.resolve(name);
      MessageDigest digest = sha256();
      byte[] buffer = new byte[1 << 20];
      long expected = done + Files.size(from);
      long size = 0;
      try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
          OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          cancellation.throwIfCancelled();
          out.write(buffer, 0, read);
          size += read;
          progress.report(done + size, Math.max(expected, done + size));
        }
      }
      done += size;
      entries.add(
          new ModelManifest.FileEntry(name, size, HexFormat.of().formatHex(digest.digest())));
      return to;
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
