package org.qalam.store.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;

/** The model's outputs in an open database, each checked against its tag as it is read. */
final class OutputTable {
  private static final String COLUMNS =
      "id, document, created, action, instruction, model, parameters, findings, prompt_tokens,"
          + " new_tokens, seconds, fate, row_tag";

  private final Handle handle;

  OutputTable(Handle handle) {
    this.handle = handle;
  }

  /** An output, and whether it is as it was written. */
  record Checked(Output output, boolean intact) {}

  /** Keeps an output, in place of one with the same id. */
  void write(Output output) {
    handle.execute(
        "MERGE INTO output (" + COLUMNS + ") KEY (id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        output.id(),
        output.document().value(),
        Micros.of(output.created()),
        output.action(),
        output.instruction(),
        output.model(),
        output.parameters(),
        output.findings(),
        output.promptTokens(),
        output.newTokens(),
        output.seconds(),
        output.fate().name(),
        digest(output).hex());
    TextParts.write(handle, output.id(), TextParts.OUTPUT_ORIGINAL, 0, output.original());
    TextParts.write(handle, output.id(), TextParts.OUTPUT_TEXT, 0, output.text());
    TextParts.write(handle, output.id(), TextParts.OUTPUT_PROMPT, 0, output.prompt());
  }

  void setFate(Output output, Output.Fate fate) {
    Output changed = withFate(output, fate);
    handle.execute(
        "UPDATE output SET fate = ?, row_tag = ? WHERE id = ?",
        fate.name(),
        digest(changed).hex(),
        output.id());
  }

  /** Takes away all outputs for a document, with their texts. */
  void deleteOf(UUID document) {
    handle.execute(
        "DELETE FROM text_part WHERE owner IN (SELECT id FROM output WHERE document = ?)",
        document);
    handle.execute("DELETE FROM output WHERE document = ?", document);
  }

  Optional<Checked> find(UUID id) {
    return handle
        .select("SELECT " + COLUMNS + " FROM output WHERE id = ?", id)
        .map((row, context) -> read(row))
        .findFirst();
  }

  /** Outputs for a document, newest first. */
  List<Checked> of(UUID document) {
    return new ArrayList<>(
        handle
            .select(
                "SELECT " + COLUMNS + " FROM output WHERE document = ? ORDER BY created DESC, id",
                document)
            .map((row, context) -> read(row))
            .list());
  }

  /** All outputs. */
  ResultIterable<Checked> all() {
    return handle.select("SELECT " + COLUMNS + " FROM output").map((row, context) -> read(row));
  }

  private Checked read(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    Optional<Output.Fate> fate = fate(row.getString("fate"));
    Output output =
        new Output(
            id,
            new DocumentId(row.getObject("document", UUID.class)),
            Micros.toInstant(row.getLong("created")),
            row.getString("action"),
            row.getString("instruction"),
            TextParts.read(handle, id, TextParts.OUTPUT_ORIGINAL, 0),
            TextParts.read(handle, id, TextParts.OUTPUT_TEXT, 0),
            row.getString("model"),
            TextParts.read(handle, id, TextParts.OUTPUT_PROMPT, 0),
            row.getString("parameters"),
            row.getString("findings"),
            row.getInt("prompt_tokens"),
            row.getInt("new_tokens"),
            row.getDouble("seconds"),
            fate.orElse(Output.Fate.PENDING));
    boolean intact = fate.isPresent() && digest(output).matches(row.getString("row_tag"));
    return new Checked(output, intact);
  }

  private static Optional<Output.Fate> fate(String name) {
    for (Output.Fate fate : Output.Fate.values()) {
      if (fate.name().equals(name)) {
        return Optional.of(fate);
      }
    }
    return Optional.empty();
  }

  private static Output withFate(Output output, Output.Fate fate) {
    return new Output(
        output.id(),
        output.document(),
        output.created(),
        output.action(),
        output.instruction(),
        output.original(),
        output.text(),
        output.model(),
        output.prompt(),
        output.parameters(),
        output.findings(),
        output.promptTokens(),
        output.newTokens(),
        output.seconds(),
        fate);
  }

  private static Tag digest(Output output) {
    return Tag.of("output")
        .add(output.id())
        .add(output.document().value())
        .add(Micros.of(output.created()))
        .add(output.action())
        .add(output.instruction())
        .add(output.original())
        .add(output.text())
        .add(output.model())
        .add(output.prompt())
        .add(output.parameters())
        .add(output.findings())
        .add(output.promptTokens())
        .add(output.newTokens())
        .add(output.seconds())
        .add(output.fate().name());
  }
}
