import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.qalam.exchange.DocumentExport;
import org.qalam.exchange.DocumentFormat;
import org.qalam.exchange.DocumentImport;

/**
 * Holds the files that Qalam writes against programs that know nothing of it.
 *
 * <p>Each Markdown file is written as .docx, .odt and .html. Then: pandoc counts headings, lists,
 * items, tables, quotations, code, links and marks in what was written and in the Markdown;
 * LibreOffice opens what was written and saves it in the other format, which Qalam reads again and
 * pandoc counts again; LibreOffice prints it as PDF, and pdftotext and Qalam each give the words
 * of that, which are compared with those of the Markdown, in their order; so they do of Qalam's own
 * PDF files.
 *
 * <p>Where pandoc or pdftotext say something else than the Markdown, they are asked about files that
 * Qalam had no part in: what pandoc writes of the same Markdown, and what LibreOffice makes of that.
 * What is wrong there too, each kind of block by itself, counts as a limit of theirs, which shows
 * that they do not read it well from others either, and not that nobody could; anything else is a
 * disagreement.
 */
final class ExchangeOracles {
  private static final Path SAMPLES = Path.of("src/test/resources/org/qalam/exchange/samples");
  private static final Set<String> COUNTED =
      Set.of(
          "Header", "BulletList", "OrderedList", "Table", "BlockQuote", "CodeBlock", "Code", "Link",
          "Strong", "Emph", "Strikeout", "LineBreak", "Row");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What becomes of a comparison, in the order of the columns. */
  private enum Outcome {
    AGREES,
    LIMIT,
    DISAGREES
  }

  private final Path work;
  private final Map<String, int[]> results = new TreeMap<>();
  private final Map<String, Path> others = new TreeMap<>();

  private ExchangeOracles(Path work) {
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    Path samples = arguments.length > 0 ? Path.of(arguments[0]) : SAMPLES;
    new ExchangeOracles(Files.createTempDirectory("qalam-exchange")).run(samples);
  }

  private void run(Path folder) throws Exception {
    List<Path> samples;
    try (Stream<Path> files = Files.list(folder)) {
      samples = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
    others(samples);
    for (DocumentFormat format :
        List.of(DocumentFormat.DOCX, DocumentFormat.ODT, DocumentFormat.HTML)) {
      Path out = Files.createDirectories(work.resolve(format.id()));
      for (Path sample : samples) {
        String name = stem(sample) + format.suffix();
        DocumentExport.write("", Files.readString(sample), out.resolve(name), format, true);
      }
      for (Path sample : samples) {
        Path file = out.resolve(stem(sample) + format.suffix());
        compare(
            format.id() + ": pandoc counts the same",
            sample,
            counts("gfm", body(sample)),
            counts(format.id(), file),
            otherCounts(sample, format));
      }
      if (format == DocumentFormat.HTML) {
        continue;
      }
      DocumentFormat other = format == DocumentFormat.ODT ? DocumentFormat.DOCX : DocumentFormat.ODT;
      Path saved = office(out, other.id());
      Path printed = office(out, "pdf");
      for (Path sample : samples) {
        Path again = saved.resolve(stem(sample) + other.suffix());
        Path back = Files.writeString(work.resolve("back.md"), DocumentImport.read(again).text());
        compare(
            format.id() + ": LibreOffice saves it as " + other.id() + ", Qalam reads the same",
            sample,
            counts("gfm", body(sample)),
            counts("gfm", back),
            List.of());
        Path pdf = printed.resolve(stem(sample) + ".pdf");
        String wanted = words(run("pandoc", "-f", "gfm", "-t", "plain", "--wrap=none", body(sample).toString()));
        compare(
            format.id() + ": printed, pdftotext reads the words in order",
            sample,
            wanted,
            words(run("pdftotext", pdf.toString(), "-")),
            List.of(words(run("pdftotext", other(sample, "pdf").toString(), "-"))));
        compare(
            format.id() + ": printed, Qalam reads the words in order",
            sample,
            wanted,
            words(plain(DocumentImport.read(pdf).text())),
            List.of());
      }
    }
    pdf(samples);
    System.out.println("agrees, limit of theirs, disagrees");
    results.forEach(
        (what, count) -> System.out.printf("%6d %16d %10d  %s%n", count[0], count[1], count[2], what));
    System.out.println("The files are in " + work + ".");
  }

  private void pdf(List<Path> samples) throws Exception {
    Path out = Files.createDirectories(work.resolve("pdf"));
    for (Path sample : samples) {
      Path pdf = out.resolve(stem(sample) + ".pdf");
      DocumentExport.write("", Files.readString(sample), pdf, DocumentFormat.PDF, true);
      String wanted = words(run("pandoc", "-f", "gfm", "-t", "plain", "--wrap=none", body(sample).toString()));
      compare(
          "pdf: pdftotext reads the words in order",
          sample,
          wanted,
          words(run("pdftotext", pdf.toString(), "-")),
          List.of(words(run("pdftotext", other(sample, "pdf").toString(), "-"))));
      compare(
          "pdf: Qalam reads the words in order",
          sample,
          wanted,
          words(plain(DocumentImport.read(pdf).text())),
          List.of());
    }
  }

  /**
   * Lets pandoc write the samples and LibreOffice save and print what it wrote: .docx from .odt, .odt
   * from .docx, .pdf from .docx.
   */
  private void others(List<Path> samples) throws Exception {
    for (String format : List.of("docx", "odt")) {
      Path out = Files.createDirectories(work.resolve("pandoc-" + format));
      for (Path sample : samples) {
        String way = isRightToLeft(Files.readString(body(sample))) ? "rtl" : "ltr";
        String file = out.resolve(stem(sample) + "." + format).toString();
        run("pandoc", "-f", "gfm", "-M", "dir=" + way, "-o", file, body(sample).toString());
      }
      others.put("pandoc-" + format, out);
    }
    others.put("office-docx", office(others.get("pandoc-odt"), "docx"));
    others.put("office-odt", office(others.get("pandoc-docx"), "odt"));
    others.put("office-pdf", office(others.get("pandoc-docx"), "pdf"));
  }

  private Path other(Path sample, String format) {
    return others.get("office-" + format).resolve(stem(sample) + "." + format);
  }

  private List<Map<String, Integer>> otherCounts(Path sample, DocumentFormat format)
      throws Exception {
    if (format == DocumentFormat.HTML) {
      return List.of();
    }
    Path own = others.get("pandoc-" + format.id()).resolve(stem(sample) + format.suffix());
    return List.of(counts(format.id(), own), counts(format.id(), other(sample, format.id())));
  }

  private static boolean isRightToLeft(String text) {
    return text.codePoints()
        .map(Character::getDirectionality)
        .filter(way -> way <= Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC && way >= 0)
        .mapToObj(way -> way != Character.DIRECTIONALITY_LEFT_TO_RIGHT)
        .findFirst()
        .orElse(false);
  }

  /**
   * Notes what became of a comparison.
   *
   * @param others what the program says of files that Qalam had no part in
   */
  private void compare(
      String what, Path sample, Object wanted, Object found, List<? extends Object> others) {
    Outcome outcome =
        wanted.equals(found)
            ? Outcome.AGREES
            : isWrongInOthers(wanted, found, others) ? Outcome.LIMIT : Outcome.DISAGREES;
    results.computeIfAbsent(what, _ -> new int[Outcome.values().length])[outcome.ordinal()]++;
    if (outcome != Outcome.AGREES) {
      System.out.println(
          stem(sample) + "  " + what + ": " + outcome + "\n  wanted " + wanted + "\n  found  " + found);
      others.forEach(other -> System.out.println("  others " + other));
    }
  }

  /** Whether all that is wrong is wrong in a file of somebody else's, too. */
  private static boolean isWrongInOthers(Object wanted, Object found, List<? extends Object> others) {
    if (!(wanted instanceof Map<?, ?> right) || !(found instanceof Map<?, ?> counted)) {
      return others.stream().anyMatch(other -> !other.equals(wanted));
    }
    return COUNTED.stream()
        .filter(kind -> !Objects.equals(right.get(kind), counted.get(kind)))
        .allMatch(
            kind ->
                others.stream()
                    .anyMatch(
                        other ->
                            other instanceof Map<?, ?> counts
                                && !Objects.equals(right.get(kind), counts.get(kind))));
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  /** The Markdown without its front matter, which has no place in other files' texts. */
  private Path body(Path sample) throws IOException {
    String text = Files.readString(sample).replaceFirst("(?s)\\A---\\n.*?\\n---\\n", "");
    return Files.writeString(work.resolve("source.md"), text);
  }

  private String plain(String markdown) throws Exception {
    Path file = Files.writeString(work.resolve("read.md"), markdown);
    return run("pandoc", "-f", "gfm", "-t", "plain", "--wrap=none", file.toString());
  }

  private static Map<String, Integer> counts(String format, Path file) throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    count(JSON.readTree(run("pandoc", "-f", format, "-t", "json", file.toString())), counts);
    return counts;
  }

  private static void count(JsonNode node, Map<String, Integer> counts) {
    if (node.has("t") && COUNTED.contains(node.get("t").asText())) {
      counts.merge(node.get("t").asText(), 1, Integer::sum);
    }
    node.forEach(child -> count(child, counts));
  }

  /**
   * Letters and digits alone, in their order: signs, bullets and spaces are the printer's. Lam and
   * alef make one sign, of which pdftotext gives the letters in the other order.
   */
  private static String words(String text) {
    return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC)
        .replaceAll("[^\\p{L}\\p{Nd}]", "")
        .replaceAll("\u0644([\u0627\u0623\u0625\u0622])", "$1\u0644");
  }

  /** Lets LibreOffice save all files of a folder in another format. */
  private static Path office(Path folder, String format) throws Exception {
    Path out = Files.createDirectories(folder.resolve("as-" + format));
    List<String> command =
        new ArrayList<>(
            List.of("soffice", "--headless", "--convert-to", format, "--outdir", out.toString()));
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(Files::isRegularFile).map(Path::toString).sorted().forEach(command::add);
    }
    run(command.toArray(String[]::new));
    return out;
  }

  private static String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    byte[] told = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return new String(told, StandardCharsets.UTF_8);
  }
}
