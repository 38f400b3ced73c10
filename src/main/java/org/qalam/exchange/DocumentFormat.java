package org.qalam.exchange;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Kinds of files that documents are read from and written to. */
public enum DocumentFormat {
  /** Markdown, as documents are. */
  MARKDOWN(".md .markdown"),
  /** The same as plain text: nothing is taken out of it. */
  TEXT(".txt"),
  /** A page of HTML. */
  HTML(".html .htm .xhtml"),
  /** A Word document. */
  DOCX(".docx .docm .dotx"),
  /** An OpenDocument text. */
  ODT(".odt .ott"),
  /** A PDF file; of others' the text is read. */
  PDF(".pdf");

  /** With spaces between them, the usual first. */
  private final String suffixes;

  DocumentFormat(String suffixes) {
    this.suffixes = suffixes;
  }

  /** What its files' names end with, such as {@code .md}. */
  public String suffix() {
    return suffixes().getFirst();
  }

  /** What names of such files may end with, the usual first. */
  public List<String> suffixes() {
    return List.of(suffixes.split(" ", -1));
  }

  /** The format's name, such as {@code md}. */
  public String id() {
    return suffix().substring(1);
  }

  /** The format of a name, such as {@code docx}. */
  public static Optional<DocumentFormat> named(String id) {
    String wanted = "." + id.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(one -> one.suffixes().contains(wanted)).findFirst();
  }

  /** The format that a file's name ends with. */
  public static Optional<DocumentFormat> of(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : named(name.substring(dot + 1));
  }
}
