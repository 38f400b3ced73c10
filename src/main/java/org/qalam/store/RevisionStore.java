package org.qalam.store;

import java.util.List;
import java.util.UUID;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;
import org.qalam.task.StoreThread;

/**
 * Earlier texts of documents. Saving keeps some of them unasked and thins them out with time, as
 * {@link RevisionPlan} says; those with a name stay. Confined to the store's thread; errors are
 * {@link StoreException}s.
 */
@StoreThread
public interface RevisionStore {
  /** Earlier texts of a document, newest first; without those that are damaged. */
  List<Revision> revisions(DocumentId document);

  /**
   * The text of a revision.
   *
   * @throws StoreException {@code NOT_FOUND}, or {@code DAMAGED} where it is not what was kept
   */
  String revisionText(UUID revision);

  /**
   * Keeps a document's text as it is on disk now. Where it is kept already, that revision gets the
   * name.
   *
   * @param name empty for one that may be thinned out
   */
  Revision keepRevision(DocumentId document, String name);

  /** Gives a revision another name; an empty one takes its name away. */
  void nameRevision(UUID revision, String name);

  /** Takes a revision away for good. */
  void removeRevision(UUID revision);
}
