package org.qalam.store.h2;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How far the database has come, written with each change of a document: so a file that was opened
 * at an older state, or that has lost a row, can be told by its journal.
 *
 * @param sequence number of the last change that it holds; 0 while there is none
 * @param documents number of documents, those in the bin included
 */
record Position(long sequence, int documents) {
  /** Beside the settings, since a table of its own would be a new schema. */
  static final String NAME = "journal.position";

  /** What the file says. */
  static Optional<Position> read(Handle handle) {
    return SettingTable.read(handle, NAME).map(Position::parse);
  }

  private static Position parse(String content) {
    int space = content.indexOf(' ');
    return new Position(
        Long.parseLong(content.substring(0, space)),
        Integer.parseInt(content.substring(space + 1)));
  }

  /** Notes a change, inside its transaction, with the number of documents as it is now. */
  static Position write(Handle handle, long sequence) {
    Position position = new Position(sequence, count(handle));
    SettingTable.write(handle, NAME, sequence + " " + position.documents());
    return position;
  }

  static int count(Handle handle) {
    return handle.select("SELECT COUNT(*) FROM document").mapTo(Integer.class).one();
  }
}
