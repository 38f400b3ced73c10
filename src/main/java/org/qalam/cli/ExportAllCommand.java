package org.qalam.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Shelf;
import org.qalam.exchange.FolderExport;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam doc export-all}: every document as a Markdown file. */
@Command(
    name = "export-all",
    description = "Writes every document as a Markdown file into a folder, named after its title.")
final class ExportAllCommand implements Runnable {
  private final Services services;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "Made where it is missing.")
  private Path folder = Path.of("");

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  ExportAllCommand(Services services) {
    this.services = services;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int written = 0;
    try (DocumentStore store = StoredDocuments.open(services, spec)) {
      FolderExport export = FolderExport.into(folder);
      Map<DocumentId, Shelf> shelves = store.shelves();
      for (DocumentSummary summary : store.list()) {
        try {
          Document document = store.find(summary.id()).orElseThrow();
          String place = shelves.getOrDefault(document.id(), Shelf.NONE).folder();
          export.write(summary.title(), document.text(), place);
          written++;
        } catch (StoreException e) { // damaged: the others are worth having all the same
          err.println(e.getMessage());
          err.flush();
        }
      }
      if (json) {
        Json.print(out, Map.of("folder", folder.toString(), "documents", written));
      } else {
        out.println(StoredDocuments.areIn(written, folder));
        out.flush();
      }
    }
  }
}
