package org.qalam.ui.palette;

/**
 * A command and what does it.
 *
 * @param run called on the JavaFX thread
 */
public record Offer(Command command, Runnable run) {}
