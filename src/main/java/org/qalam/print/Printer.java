package org.qalam.print;

/**
 * A printer that pages can be sent to.
 *
 * @param name as the system has it
 * @param isDefault whether the system uses it where nobody says another one
 */
public record Printer(String name, boolean isDefault) {}
