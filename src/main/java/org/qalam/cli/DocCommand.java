package org.qalam.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.document.Shelf;
import org.qalam.document.TextSummary;
import org.qalam.exchange.DocumentExport;
import org.qalam.exchange.DocumentFormat;
import org.qalam.exchange.DocumentImport;
import org.qalam.exchange.ExchangeException;
import org.qalam.exchange.FolderImport;
import org.qalam.exchange.ImportedFolder;
import org.qalam.exchange.ImportedText;
import org.qalam.exchange.TextExport;
import org.qalam.exchange.TextImport;
import org.qalam.exchange.UseStatement;
import org.qalam.search.Hit;
import org.qalam.search.NoteSearch;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code qalam doc}: documents from the command line. Input and output are UTF-8, whatever the
 * system's encoding; the root command sees to that for the writer that picocli hands out. What is
 * stored is on disk when a command ends. Errors leave as {@link StoreException} and {@link
 * ExchangeException}; wrong use as picocli's {@link ParameterException}.
 */
@Command(
    name = "doc",
    description =
        "Lists, makes, shows, searches, imports and exports documents, and tells what a model did.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class DocCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHORT_ID = 8;
  private static final int MOST_HITS = 10_000;

  private final Services services;
  private final InputStream input;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * @param input where the text of a new document comes from, in UTF-8
   */
  public DocCommand(Services services, InputStream input) {
    this.services = services;
    this.input = input;
  }

  /** {@code doc} with all that belongs to it, to be added to a command line. */
  public static Object line(Services services, InputStream input) {
    CommandLine line = new CommandLine(new DocCommand(services, input));
    VersionCommands.all(services).forEach(line::addSubcommand);
    line.addSubcommand(new ExportAllCommand(services));
    return line;
  }

  /** Without a subcommand this is wrong use. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: doc list, new, show, search, import, export, history, restore, bin or"
            + " ledger.");
  }

  @Command(description = "Lists all documents, last modified first.")
  void list(@Option(names = "--json", description = "Prints JSON.") boolean json) {
    try (DocumentStore store = openStore()) {
      List<DocumentSummary> documents = store.list();
      if (json) {
        printJson(Map.of("documents", documents.stream().map(DocCommand::facts).toList()));
        return;
      }
      DateTimeFormatter time =
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
              .withZone(ZoneId.systemDefault());
      for (DocumentSummary document : documents) {
        print(
            "%s  %s  %6d words  %s%n"
                .formatted(
                    document.id().toString().substring(0, SHORT_ID),
                    time.format(document.modified()),
                    document.words(),
                    document.title().isEmpty() ? "Untitled" : document.title()));
      }
    }
  }

  @Command(
      name = "new",
      description = "Makes a document from standard input (UTF-8) and prints its id.")
  void create(
      @Option(names = "--title", paramLabel = "T", defaultValue = "", description = "Its title.")
          String title,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    String text = TextImport.normalise(standardInput());
    try (DocumentStore store = openStore()) {
      Document document = store.create(title, text);
      if (json) {
        printJson(madeFacts(document));
      } else {
        print(document.id() + System.lineSeparator());
      }
    }
  }

  @Command(description = "Prints a document's text.")
  void show(
      @Parameters(paramLabel = "ID", description = "Its id, or the start of it.") String id,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    try (DocumentStore store = openStore()) {
      Document document = document(store, id);
      if (json) {
        Map<String, Object> facts = madeFacts(document);
        facts.put("text", document.text());
        facts.put("revision", document.revision());
        facts.put("caret", document.caret());
        facts.put("created", document.created().toString());
        facts.put("modified", document.modified().toString());
        printJson(facts);
      } else {
        print(document.text());
      }
    }
  }

  @Command(
      description = {
        "Finds documents by their words, in whatever form: \"a phrase\", #tag or tag:x,",
        "after:2026-01-01 (that day too) and before:2026-02 narrow it down. Three words or more",
        "find English ones by their meaning too, as far as the window has worked that out."
      })
  void search(
      @Parameters(arity = "1..*", paramLabel = "QUERY", description = "What to look for.")
          List<String> query,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "So many at most (${DEFAULT-VALUE}).")
          int limit,
      @Option(names = "--words-only", description = "Leaves the meaning of documents aside.")
          boolean wordsOnly,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    if (limit < 1 || limit > MOST_HITS) {
      throw new ParameterException(
          spec.commandLine(), "--limit takes a number from 1 to " + MOST_HITS + ".");
    }
    try (DocumentStore store = openStore();
        NoteSearch search =
            DocumentSearch.of(services, store, !wordsOnly, spec.commandLine().getErr())) {
      // What was given is finished: its last word does not go on.
      List<Hit> hits = search.search(String.join(" ", query) + " ", limit).join();
      if (json) {
        printJson(Map.of("hits", hits.stream().map(DocumentSearch::facts).toList()));
        return;
      }
      for (Hit hit : hits) {
        print(
            "%s  %s%n          %s%n"
                .formatted(
                    hit.id().toString().substring(0, SHORT_ID),
                    hit.title().isEmpty() ? "Untitled" : hit.title(),
                    hit.snippet().text()));
      }
    }
  }

  @Command(
      name = "import",
      description = {
        "Makes a document from each file; none if one is unfit.",
        "Takes Markdown, text, HTML, Word (.docx), OpenDocument (.odt) and PDF files, and folders of"
            + " Markdown notes."
      })
  void importFiles(
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files and folders.")
          List<Path> files,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    List<ImportedText> texts = new ArrayList<>();
    int skipped = 0;
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        ImportedFolder folder = FolderImport.read(file);
        texts.addAll(folder.texts());
        skipped += folder.skipped();
        folder.leftOut().forEach(this::warn);
      } else {
        texts.add(DocumentImport.read(file));
      }
    }
    try (DocumentStore store = openStore()) {
      List<Map<String, Object>> made = new ArrayList<>();
      for (ImportedText text : texts) {
        Document document = store.create(text.title(), text.text());
        if (!text.folder().isEmpty()) {
          store.putShelf(document.id(), Shelf.NONE.in(text.folder()));
        }
        made.add(madeFacts(document));
      }
      if (json) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("documents", made);
        if (skipped > 0) {
          facts.put("skipped", skipped);
        }
        printJson(facts);
      } else {
        for (Map<String, Object> facts : made) {
          print(facts.get("id") + "  " + facts.get("title") + System.lineSeparator());
        }
      }
    }
  }

  @Command(
      name = "export",
      description = "Writes a document to a file: .md, .txt, .html, .docx, .odt or .pdf.")
  void exportFile(
      @Parameters(paramLabel = "ID", description = "Its id, or the start of it.") String id,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "The file, or a folder for a file named after the document.")
          Path out,
      @Option(
              names = "--format",
              paramLabel = "F",
              defaultValue = "",
              description =
                  "md, txt, html, docx, odt or pdf. Without it the file's name tells; md at last.")
          String format,
      @Option(
              names = "--replace",
              description = "Replaces an existing file; without it the new one gets a number.")
          boolean replace,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    Optional<DocumentFormat> asked = DocumentFormat.named(format);
    if (asked.isEmpty() && !format.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "There is no format " + format + "; take md, txt, html, docx, odt or pdf.");
    }
    try (DocumentStore store = openStore()) {
      Document document = document(store, id);
      String title = TextSummary.of(document.title(), document.text()).title();
      DocumentFormat kind = asked.or(() -> DocumentFormat.of(out)).orElse(DocumentFormat.MARKDOWN);
      Path target = out;
      if (Files.isDirectory(out)) {
        kind = asked.orElse(DocumentFormat.MARKDOWN);
        target = out.resolve(TextExport.fileName(title, kind.suffix()));
      }
      Path written = DocumentExport.write(title, document.text(), target, kind, replace);
      if (json) {
        printJson(Map.of("id", document.id().toString(), "file", written.toString()));
      } else {
        print(written + System.lineSeparator());
      }
    }
  }

  @Command(
      name = "ledger",
      description = "Prints how a model was used for a document, and what was taken of it.")
  void ledger(
      @Parameters(paramLabel = "ID", description = "Its id, or the start of it.") String id,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    try (DocumentStore store = openStore()) {
      Document document = document(store, id);
      List<Output> outputs = store.outputs(document.id());
      List<Decision> decisions = store.decisions(document.id());
      if (json) {
        Map<String, Object> facts = madeFacts(document);
        facts.put("proposals", outputs.stream().map(output -> facts(output, decisions)).toList());
        printJson(facts);
        return;
      }
      String title = TextSummary.of(document.title(), document.text()).title();
      print(
          UseStatement.of(
              title, outputs, decisions, Locale.ROOT, ZoneId.systemDefault(), action -> action));
    }
  }

  private DocumentStore openStore() {
    return StoredDocuments.open(services, spec);
  }

  private void warn(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }

  private static Map<String, Object> facts(Output output, List<Decision> decisions) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("created", output.created().toString());
    facts.put("action", output.action());
    facts.put("instruction", output.instruction());
    facts.put("model", output.model());
    facts.put("fate", output.fate().name().toLowerCase(Locale.ROOT));
    facts.put(
        "decisions",
        decisions.stream()
            .filter(decision -> decision.output().equals(output.id()))
            .map(decision ->
                Map.of(
                    "made", decision.made().toString(),
                    "verdict", decision.verdict().name().toLowerCase(Locale.ROOT),
                    "before", decision.before(),
                    "after", decision.after()))
            .toList());
    return facts;
  }

  /** The document whose id starts with {@code prefix}. */
  private Document document(DocumentStore store, String prefix) {
    return StoredDocuments.document(store, prefix, spec);
  }

  private String standardInput() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(input.readAllBytes());
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ExchangeException(
          ExchangeException.Reason.NOT_TEXT,
          Path.of("-"),
          "Standard input is not UTF-8 text; nothing was stored (doc import takes files in other"
              + " encodings).",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> madeFacts(Document document) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", document.id().toString());
    facts.put("title", TextSummary.of(document.title(), document.text()).title());
    return facts;
  }

  private static Map<String, Object> facts(DocumentSummary document) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", document.id().toString());
    facts.put("title", document.title());
    facts.put("preview", document.preview());
    facts.put("words", document.words());
    facts.put("created", document.created().toString());
    facts.put("modified", document.modified().toString());
    return facts;
  }

  private void printJson(Object value) {
    try {
      print(JSON.writeValueAsString(value) + System.lineSeparator());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
