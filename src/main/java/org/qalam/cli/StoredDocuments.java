package org.qalam.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What commands have in common that work on stored documents. */
final class StoredDocuments {
  private StoredDocuments() {}

  /** Opens the documents, and tells what had to be mended for that. */
  static DocumentStore open(Services services, CommandSpec spec) {
    DocumentStore store = services.openStore();
    store
        .repair()
        .ifPresent(repair -> {
          PrintWriter err = spec.commandLine().getErr();
          err.println(RepairWords.of(repair));
          err.flush();
        });
    return store;
  }

  /** Says how many documents were written to a place. */
  static String areIn(int documents, Path place) {
    return (documents == 1 ? "1 document is in " : documents + " documents are in ") + place + ".";
  }

  /** The document whose id starts with {@code prefix}. */
  static Document document(DocumentStore store, String prefix, CommandSpec spec) {
    DocumentId id = named(prefix, store.list(), DocumentSummary::id, "doc list", spec).id();
    return store
        .find(id)
        .orElseThrow(() ->
            new StoreException(
                StoreException.Reason.NOT_FOUND, "The document " + id + " is not there any more."));
  }

  /**
   * The one of some documents whose id starts with {@code prefix}.
   *
   * @param command that lists them, for whoever is told that there is none
   */
  static <T> T named(
      String prefix,
      List<T> documents,
      Function<T, DocumentId> id,
      String command,
      CommandSpec spec) {
    String wanted = prefix.strip().toLowerCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "The id is empty; see " + command + ".");
    }
    List<T> matches =
        documents.stream()
            .filter(document -> id.apply(document).toString().startsWith(wanted))
            .toList();
    if (matches.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          matches.size() + " documents have ids that start with " + prefix + "; give more of it.");
    }
    return matches.stream()
        .findFirst()
        .orElseThrow(() ->
            new StoreException(
                StoreException.Reason.NOT_FOUND,
                "No document's id starts with " + prefix + "; " + command + " shows them all."));
  }
}
