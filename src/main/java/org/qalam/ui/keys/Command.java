package org.qalam.ui.keys;

import java.util.List;

/** Something that keys can be given to. Equal ones have the same {@link #id}. */
public sealed interface Command permits WindowCommand, ActionCommand {
  /** In the settings; never changed, so that they are read by later versions too. */
  String id();

  /** The keys that it has where the writer chose none; the first are the ones that menus show. */
  List<Keys> defaults();

  /** Where its keys count. */
  Place place();

  /** Where keys count. Where two do, the more special place has them. */
  enum Place {
    /** Everywhere. */
    WINDOW,
    /** While a change is being looked at. */
    REVIEW,
    /** In the list of documents. */
    LIST
  }
}
