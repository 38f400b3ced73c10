package org.qalam.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.commonmark.node.Node;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * Writes a document as a file of any kind. Markdown and text are the document as it stands; the
 * others leave out its front matter, and each of their paragraphs runs as its first letter does.
 * Belongs to no thread.
 */
public final class DocumentExport {
  private static final String OTHERWISE =
      "; export .docx or .odt and let another program make a PDF file of it.";

  private DocumentExport() {}

  /**
   * Writes a document to a file.
   *
   * @param title of the document, for the file's facts about itself
   * @param replace whether a file of that name may be replaced; otherwise the new one gets a number
   * @return the file that was written
   * @throws ExchangeException where it cannot be written; nothing is changed then
   */
  public static Path write(
      String title, String text, Path target, DocumentFormat format, boolean replace) {
    return TextExport.write(bytes(title, text, target, format), target, replace);
  }

  private static byte[] bytes(String title, String text, Path target, DocumentFormat format) {
    if (format == DocumentFormat.MARKDOWN || format == DocumentFormat.TEXT) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      Node tree = Markdown.forExport(text);
      FrontMatter facts = FrontMatter.of(text);
      return switch (format) {
        case HTML -> HtmlWriter.write(tree, title).getBytes(StandardCharsets.UTF_8);
        case DOCX -> DocxWriter.write(tree, facts, title);
        case ODT -> OdtWriter.write(tree, facts, title);
        case PDF -> pdf(tree, facts, title, target);
        case MARKDOWN, TEXT -> throw new AssertionError(format);
      };
    } catch (StackOverflowError | OutOfMemoryError | PdfPages.TooMany e) {
      throw new ExchangeException(
          Reason.TOO_LARGE,
          target,
          target + " was not written, because the document is too large for a file of that kind.",
          e);
    }
  }

  private static byte[] pdf(Node tree, FrontMatter facts, String title, Path target) {
    try {
      return PdfWriter.write(tree, facts, title, Paper.A4, _ -> {});
    } catch (PdfFaces.NoLetters e) {
      throw new ExchangeException(
          Reason.FAILED,
          target,
          target
              + " was not written, because Qalam's fonts have no letters for "
              + e.getMessage()
              + OTHERWISE,
          e);
    } catch (IOException | IllegalStateException e) {
      throw new ExchangeException(
          Reason.FAILED,
          target,
          target
              + " was not written, because its letters cannot be set on this computer ("
              + e.getMessage()
              + ")"
              + OTHERWISE,
          e);
    }
  }
}
