package org.qalam.store.h2;

import java.util.List;

/** The tables, as migrations from an empty database on. A released migration never changes. */
final class Schema {
  private Schema() {}

  /** All migrations, oldest first. */
  static List<Migration> migrations() {
    return List.of(
        new Migration(0, 1, VERSION_1),
        new Migration(1, 2, VERSION_2),
        new Migration(2, 3, VERSION_3));
  }

  private static final List<String> VERSION_1 =
      List.of(
          "CREATE TABLE schema_version (version INTEGER NOT NULL)",
          "INSERT INTO schema_version (version) VALUES (0)",
          // What a list shows is stored with the document, so that listing reads no text.
          """
          CREATE TABLE document (
            id UUID PRIMARY KEY,
            title VARCHAR NOT NULL,
            shown_title VARCHAR NOT NULL,
            preview VARCHAR NOT NULL,
            words INTEGER NOT NULL,
            revision BIGINT NOT NULL,
            caret INTEGER NOT NULL,
            created BIGINT NOT NULL,
            modified BIGINT NOT NULL,
            deleted BIGINT,
            text_tag VARCHAR(64) NOT NULL,
            row_tag VARCHAR(64) NOT NULL)
          """,
          // Texts of documents and outputs in pieces, since one H2 string ends at 1,048,576
          // characters
          // and large objects are deleted in the background, after the commit.
          """
          CREATE TABLE text_part (
            owner UUID NOT NULL,
            field INTEGER NOT NULL,
            part INTEGER NOT NULL,
            body VARCHAR NOT NULL,
            PRIMARY KEY (owner, field, part))
          """,
          """
          CREATE TABLE output (
            id UUID PRIMARY KEY,
            document UUID NOT NULL,
            created BIGINT NOT NULL,
            action VARCHAR NOT NULL,
            instruction VARCHAR NOT NULL,
            model VARCHAR NOT NULL,
            parameters VARCHAR NOT NULL,
            findings VARCHAR NOT NULL,
            prompt_tokens INTEGER NOT NULL,
            new_tokens INTEGER NOT NULL,
            seconds DOUBLE PRECISION NOT NULL,
            fate VARCHAR(32) NOT NULL,
            row_tag VARCHAR(64) NOT NULL)
          """,
          "CREATE INDEX output_of_document ON output (document, created)",
          """
          CREATE TABLE setting (
            name VARCHAR PRIMARY KEY,
            content VARCHAR NOT NULL,
            row_tag VARCHAR(64) NOT NULL)
          """);

  /** What the writer decided about single changes, and when. */
  private static final List<String> VERSION_2 =
      List.of(
          """
          CREATE TABLE decision (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            output UUID NOT NULL,
            document UUID NOT NULL,
            made BIGINT NOT NULL,
            verdict VARCHAR(32) NOT NULL,
            before VARCHAR NOT NULL,
            after VARCHAR NOT NULL,
            row_tag VARCHAR(64) NOT NULL)
          """,
          "CREATE INDEX decision_of_document ON decision (document, number)");

  /** Earlier texts of documents; the texts themselves are in {@code text_part}. */
  private static final List<String> VERSION_3 =
      List.of(
          """
          CREATE TABLE revision (
            id UUID PRIMARY KEY,
            document UUID NOT NULL,
            number BIGINT NOT NULL,
            saved BIGINT NOT NULL,
            kept BIGINT NOT NULL,
            name VARCHAR NOT NULL,
            words INTEGER NOT NULL,
            length INTEGER NOT NULL,
            text_tag VARCHAR(64) NOT NULL,
            row_tag VARCHAR(64) NOT NULL)
          """,
          "CREATE INDEX revision_of_document ON revision (document, number)");
}
