package org.qalam.store.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;

/** The writer's decisions in an open database, each checked against its tag as it is read. */
final class DecisionTable {
  private final Handle handle;

  DecisionTable(Handle handle) {
    this.handle = handle;
  }

  void write(List<Decision> decisions) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO decision (output, document, made, verdict, before, after, row_tag) VALUES"
                + " (?, ?, ?, ?, ?, ?, ?)");
    for (Decision decision : decisions) {
      batch.add(
          decision.output(),
          decision.document().value(),
          Micros.of(decision.made()),
          decision.verdict().name(),
          decision.before(),
          decision.after(),
          digest(decision).hex());
    }
    batch.execute();
  }

  /** Takes away all decisions about a document's outputs. */
  void deleteOf(UUID document) {
    handle.execute("DELETE FROM decision WHERE document = ?", document);
  }

  /** Decisions about a document's outputs, oldest first; empty for one that was damaged. */
  List<Optional<Decision>> of(UUID document) {
    return handle
        .select(
            "SELECT output, document, made, verdict, before, after, row_tag FROM decision"
                + " WHERE document = ? ORDER BY number",
            document)
        .map((row, context) -> read(row))
        .list();
  }

  /** All decisions, oldest first; empty for one that was damaged. */
  ResultIterable<Optional<Decision>> all() {
    return handle
        .select(
            "SELECT output, document, made, verdict, before, after, row_tag FROM decision"
                + " ORDER BY number")
        .map((row, context) -> read(row));
  }

  private static Optional<Decision> read(ResultSet row) throws SQLException {
    String name = row.getString("verdict");
    for (Decision.Verdict verdict : Decision.Verdict.values()) {
      if (verdict.name().equals(name)) {
        Decision decision =
            new Decision(
                row.getObject("output", UUID.class),
                new DocumentId(row.getObject("document", UUID.class)),
                Micros.toInstant(row.getLong("made")),
                verdict,
                row.getString("before"),
                row.getString("after"));
        boolean isIntact = digest(decision).matches(row.getString("row_tag"));
        return isIntact ? Optional.of(decision) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Tag digest(Decision decision) {
    return Tag.of("decision")
        .add(decision.output())
        .add(decision.document().value())
        .add(Micros.of(decision.made()))
        .add(decision.verdict().name())
        .add(decision.before())
        .add(decision.after());
  }
}
