package org.qalam.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qalam.document.DeletedDocument;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What {@code qalam doc} has for what was: versions of documents, and the bin. Each is a command of
 * its own, so that {@link DocCommand} need not know them.
 */
final class VersionCommands {
  private VersionCommands() {}

  /** All of them, to be added to {@code doc}. */
  static List<Object> all(Services services) {
    return List.of(new History(services), new Restore(services), new BinList(services));
  }

  private static String time(Instant instant) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
        .withZone(ZoneId.systemDefault())
        .format(instant);
  }

  private static Revision revision(DocumentStore store, DocumentId document, long number) {
    Optional<Revision> found =
        store.revisions(document).stream()
            .filter(revision -> revision.number() == number)
            .findFirst();
    return found.orElseThrow(() ->
        new StoreException(
            StoreException.Reason.NOT_FOUND,
            "There is no version " + number + " of that document; doc history lists them."));
  }

  /** {@code qalam doc history}. */
  @Command(name = "history", description = "Lists the versions of a document, newest first.")
  static final class History implements Runnable {
    private final Services services;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "Its id, or the start of it.")
    private String id = "";

    @Option(names = "--show", paramLabel = "N", description = "Prints the text of version N.")
    private long show;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Keeps the text as it is under a name.")
    private String name = "";

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    History(Services services) {
      this.services = services;
    }

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      try (DocumentStore store = StoredDocuments.open(services, spec)) {
        Document document = StoredDocuments.document(store, id, spec);
        if (show > 0) {
          out.print(store.revisionText(revision(store, document.id(), show).id()));
          out.flush();
          return;
        }
        if (!name.isBlank()) {
          Revision _ = store.keepRevision(document.id(), name.strip());
        }
        List<Revision> revisions = store.revisions(document.id());
        if (json) {
          Map<String, Object> facts = new LinkedHashMap<>();
          facts.put("id", document.id().toString());
          facts.put("revision", document.revision());
          facts.put("versions", revisions.stream().map(History::facts).toList());
          Json.print(out, facts);
          return;
        }
        for (Revision revision : revisions) {
          out.println(
              "%6d  %s  %6d words  %s"
                  .formatted(
                      revision.number(), time(revision.saved()), revision.words(), revision.name())
                  .stripTrailing());
        }
        out.flush();
      }
    }

    private static Map<String, Object> facts(Revision revision) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("number", revision.number());
      facts.put("saved", revision.saved().toString());
      facts.put("name", revision.name());
      facts.put("words", revision.words());
      return facts;
    }
  }

  /** {@code qalam doc restore}. */
  @Command(
      name = "restore",
      description = {
        "Gives a document the text of an earlier version; the present one is kept as a version.",
        "Without a version it takes a deleted document out of the bin."
      })
  static final class Restore implements Runnable {
    private final Services services;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ID", description = "Its id, or the start of it.")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "Its number.")
    private long version;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    Restore(Services services) {
      this.services = services;
    }

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      try (DocumentStore store = StoredDocuments.open(services, spec)) {
        DocumentId restored = version > 0 ? fromVersion(store) : fromBin(store);
        long revision = store.find(restored).map(Document::revision).orElse(0L);
        if (json) {
          Json.print(out, Map.of("id", restored.toString(), "revision", revision));
        } else {
          out.println(restored);
          out.flush();
        }
      }
    }

    private DocumentId fromVersion(DocumentStore store) {
      Document document = StoredDocuments.document(store, id, spec);
      String text = store.revisionText(revision(store, document.id(), version).id());
      Revision _ = store.keepRevision(document.id(), "");
      long _ = store.save(document.id(), text, 0);
      return document.id();
    }

    private DocumentId fromBin(DocumentStore store) {
      DeletedDocument found =
          StoredDocuments.named(
              id, store.bin(), deleted -> deleted.summary().id(), "doc bin", spec);
      store.undelete(found.summary().id());
      return found.summary().id();
    }
  }

  /** {@code qalam doc bin}. */
  @Command(name = "bin", description = "Lists deleted documents, last deleted first.")
  static final class BinList implements Runnable {
    private final Services services;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    BinList(Services services) {
      this.services = services;
    }

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      try (DocumentStore store = StoredDocuments.open(services, spec)) {
        List<DeletedDocument> bin = store.bin();
        if (json) {
          Json.print(out, Map.of("documents", bin.stream().map(BinList::facts).toList()));
          return;
        }
        for (DeletedDocument deleted : bin) {
          out.println(
              "%.8s  %s  %s"
                  .formatted(
                      deleted.summary().id(), time(deleted.deleted()), deleted.summary().title()));
        }
        out.flush();
      }
    }

    private static Map<String, Object> facts(DeletedDocument deleted) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("id", deleted.summary().id().toString());
      facts.put("title", deleted.summary().title());
      facts.put("deleted", deleted.deleted().toString());
      return facts;
    }
  }
}
