package org.qalam.assist;

/**
 * What a writer wants to know of a text.
 *
 * @param words the question
 * @param text the whole text that is to answer it
 * @param seed 0 asks for the best answer, any other number for another one
 */
public record Question(String words, String text, long seed) {}
