package org.qalam.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * Reads files of every kind that a document can be made of, and makes Markdown of them: Markdown
 * and text as they are, HTML, Word documents, OpenDocument texts and PDF files by what they hold,
 * whatever their names end with. Nothing is fetched, run, or written while a file is read. Belongs
 * to no thread.
 */
public final class DocumentImport {
  private static final int LARGEST_PDF = 64 * 1024 * 1024;
  private static final int HEAD = 1024;
  private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text";
  private static final Pattern PAGE =
      Pattern.compile(
          "(?is)\\A\ufeff?(\\s|<\\?xml[^>]*>|<!--.*?-->)*<(!doctype\\s+html|html)\\b.*");

  private DocumentImport() {}

  /**
   * Reads a file.
   *
   * @throws ExchangeException where it is missing, damaged, too large, or of another kind
   */
  public static ImportedText read(Path file) {
    if (!Files.isRegularFile(file)) {
      return TextImport.read(file); // which says what it is, or reads a pipe
    }
    try {
      return switch (kind(file)) {
        case DOCX, ODT -> office(file);
        case PDF -> pdf(file);
        case HTML -> html(file);
        case MARKDOWN, TEXT -> TextImport.read(file);
      };
    } catch (InvalidPasswordException e) {
      throw new ExchangeException(
          Reason.NOT_TEXT,
          file,
          file + " is protected by a password; save it without one first.",
          e);
    } catch (XMLStreamException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw damaged(file, e);
    } catch (ExchangeException e) {
      throw e;
    } catch (RuntimeException e) {
      // The readers' libraries end so where a file is not what it says.
      throw damaged(file, e);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new ExchangeException(
          Reason.TOO_LARGE, file, file + " is too large or too deeply nested to be read.", e);
    }
  }

  private static ExchangeException damaged(Path file, Exception cause) {
    return new ExchangeException(
        Reason.DAMAGED,
        file,
        file + " is damaged and cannot be read; open and save it in the program that made it.",
        cause);
  }

  private static DocumentFormat kind(Path file) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    } catch (IOException e) {
      return DocumentFormat.TEXT; // where the same error is explained
    }
    String start = new String(head, StandardCharsets.ISO_8859_1);
    if (start.contains("%PDF-") && start.indexOf("%PDF-") < 512 && !isNamedText(file)) {
      return DocumentFormat.PDF;
    }
    if (start.startsWith("PK\u0003\u0004")) {
      return DocumentFormat.DOCX;
    }
    Optional<DocumentFormat> named = DocumentFormat.of(file);
    boolean isPage = PAGE.matcher(TextDecoder.decode(head)).matches() && !isNamedText(file);
    return isPage || named.equals(Optional.of(DocumentFormat.HTML))
        ? DocumentFormat.HTML
        : DocumentFormat.TEXT;
  }

  private static boolean isNamedText(Path file) {
    DocumentFormat named = DocumentFormat.of(file).orElse(DocumentFormat.HTML);
    return named == DocumentFormat.MARKDOWN || named == DocumentFormat.TEXT;
  }

  private static ImportedText office(Path file) throws IOException, XMLStreamException {
    if (Files.size(file) > ZipParts.LARGEST_FILE) {
      throw new ExchangeException(
          Reason.TOO_LARGE,
          file,
          file + " is larger than 256 MB; take the pictures out of it first.",
          null);
    }
    try (ZipParts parts = ZipParts.open(file)) {
      Budget budget = new Budget(file);
      if (parts.has("[Content_Types].xml") && !parts.has("content.xml")) {
        if (parts.has("xl/workbook.xml") || parts.has("ppt/presentation.xml")) {
          throw another(file, parts.has("xl/workbook.xml") ? "a spreadsheet" : "a presentation");
        }
        return made(file, DocxReader.read(parts, budget), "", budget);
      }
      String type = mimetype(parts);
      if (type.startsWith(OPEN_DOCUMENT)) {
        if (isEncrypted(parts)) {
          throw new ExchangeException(
              Reason.NOT_TEXT,
              file,
              file + " is protected by a password; save it without one first.",
              null);
        }
        return made(file, OdtReader.read(parts, budget), "", budget);
      }
      if (type.startsWith("application/vnd.oasis.opendocument")) {
        throw another(file, "an OpenDocument file, but not a text");
      }
      throw another(
          file, type.startsWith("application/epub") ? "an electronic book" : "a ZIP archive");
    }
  }

  private static ExchangeException another(Path file, String kind) {
    return new ExchangeException(
        Reason.NOT_TEXT,
        file,
        file + " is " + kind + "; choose a text, a Word document, or one of the other kinds.",
        null);
  }

  private static String mimetype(ZipParts parts) throws IOException {
    try (InputStream in = parts.part("mimetype").orElse(null)) {
      return in == null ? "" : new String(in.readNBytes(200), StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean isEncrypted(ZipParts parts) throws IOException {
    try (InputStream in = parts.part("META-INF/manifest.xml").orElse(null)) {
      return in != null
          && new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8).contains("encryption-data");
    }
  }

  private static ImportedText pdf(Path file) throws IOException {
    byte[] bytes =
        TextImport.bytes(file, LARGEST_PDF, "which is the most that is read of a PDF file.");
    if (!PdfGuard.isFit(bytes)) {
      throw new ExchangeException(
          Reason.TOO_LARGE,
          file,
          file
              + " grows to far more than a document may hold when it is unpacked; it is not read"
              + " any further.",
          null);
    }
    Budget budget = new Budget(file);
    return made(file, PdfReader.read(file, bytes, budget), "", budget);
  }

  private static ImportedText html(Path file) {
    byte[] bytes =
        TextImport.bytes(file, TextImport.LIMIT, "which is the most that is read of a page.");
    HtmlReader.Page page = HtmlReader.page(bytes);
    return made(file, page.tree(), page.title(), new Budget(file));
  }

  private static ImportedText made(Path file, Node tree, String title, Budget budget) {
    Blocks.tidy(tree);
    // Within lists the renderer leaves the indent on empty lines.
    String text = TextImport.normalise(Markdown.render(tree)).replaceAll("(?m)^ +$", "");
    if (text.length() > TextImport.LIMIT) {
      throw budget.exceeded();
    }
    boolean hasHeading = tree.getFirstChild() instanceof Heading;
    String name = title.isBlank() ? TextImport.nameWithoutSuffix(file) : title;
    return new ImportedText(hasHeading ? "" : name.replaceAll("\\s+", " ").strip(), text);
  }

  /** Whether a file's name ends like those of Markdown. */
  static boolean isMarkdown(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return DocumentFormat.MARKDOWN.suffixes().stream().anyMatch(name::endsWith);
  }
}
