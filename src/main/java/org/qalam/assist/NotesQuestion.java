package org.qalam.assist;

import java.util.List;
import org.qalam.search.NotePassage;

/**
 * What a writer wants to know of all notes.
 *
 * @param words the question
 * @param passages of notes that may answer it, the best first; none where no note says anything
 *     about it
 * @param seed 0 asks for the best answer, any other number for another one
 */
public record NotesQuestion(String words, List<NotePassage> passages, long seed) {
  /** Passages that are read at most: a small model can hold so many apart. */
  public static final int MOST = Evidence.MOST;

  public NotesQuestion {
    passages = List.copyOf(passages);
  }
}
