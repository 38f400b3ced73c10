package org.qalam.ui.actions;

/**
 * A line of the list of own actions.
 *
 * @param name for people
 * @param icon literal of an icon, which need not exist
 * @param isUsable whether its file, as it is on the disk, can be used
 * @param isChanged whether there are changes that are not saved
 */
record Row(String id, String name, String icon, boolean isUsable, boolean isChanged) {}
