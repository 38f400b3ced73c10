package org.qalam.ui.text;

import java.util.Locale;
import org.qalam.language.Sentences;

/** The sentences of a package, in the language that the interface speaks. Any thread. */
public final class Messages {
  private final Sentences sentences;

  private Messages(Sentences sentences) {
    this.sentences = sentences;
  }

  /** The sentences of the package that {@code owner} lives in, in the default locale. */
  public static Messages of(Class<?> owner) {
    return new Messages(
        Sentences.of(
            owner.getPackageName() + ".messages", Locale.getDefault(Locale.Category.DISPLAY)));
  }

  /**
   * A sentence with its facts filled in, as {@link Sentences#get} does.
   *
   * @throws java.util.MissingResourceException where the key is unknown
   */
  public String get(String key, Object... facts) {
    return sentences.get(key, facts);
  }

  /** The sentence, or {@code otherwise} where the key is unknown. */
  public String getOr(String key, String otherwise, Object... facts) {
    return sentences.has(key) ? get(key, facts) : otherwise;
  }
}
