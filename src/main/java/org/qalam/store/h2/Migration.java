package org.qalam.store.h2;

import java.util.List;

/**
 * A step from one schema version to the next.
 *
 * <p>Every version keeps {@code schema_version(version)}, {@code document(id, revision, text_tag)}
 * and {@code text_part(owner, field, part, body)}, so that texts can be compared across versions.
 *
 * @param from 0 for an empty database
 * @param to {@code from + 1}
 * @param steps SQL, without parameters
 */
record Migration(int from, int to, List<String> steps) {
  Migration {
    if (to != from + 1) {
      throw new IllegalArgumentException(
          "expected a step of one version, found " + from + "→" + to);
    }
    steps = List.copyOf(steps);
  }
}
