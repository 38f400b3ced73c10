package org.qalam.ui.palette;

import java.util.Optional;

/**
 * What is told of something that can be done now, or for a reason cannot.
 *
 * @param id the same each time that it is offered
 * @param group the heading that it stands under
 * @param icon literal of an Ikonli Material Design icon
 * @param keys that do the same, for people; may be empty
 * @param unavailable why it cannot be done now, for people
 * @param listing when it is offered
 */
public record Command(
    String id,
    String group,
    String name,
    String icon,
    String keys,
    Optional<String> unavailable,
    Listing listing) {
  /** When a command is offered. */
  public enum Listing {
    ALWAYS,
    /** Only where what is typed is about it. */
    WHEN_TYPED,
    /** Always; choosing it puts its name into the box, to be gone on from. */
    BEGINNING
  }

  /** One that is always offered and can be done. */
  public Command(String id, String group, String name, String icon, String keys) {
    this(id, group, name, icon, keys, Optional.empty(), Listing.ALWAYS);
  }

  /** The same, which for this reason cannot be done now. */
  public Command unless(Optional<String> reason) {
    return new Command(id, group, name, icon, keys, reason, listing);
  }

  /** The same, offered then. */
  public Command listed(Listing when) {
    return new Command(id, group, name, icon, keys, unavailable, when);
  }

  /** The same under another heading and name. */
  public Command named(String heading, String other) {
    return new Command(id, heading, other, icon, keys, unavailable, listing);
  }

  /** The same with what does it, on the JavaFX thread. */
  public Offer by(Runnable run) {
    return new Offer(this, run);
  }
}
