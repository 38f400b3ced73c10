package org.qalam.language;

import com.ibm.icu.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The sentences of a bundle in one language; in English where the bundle does not have it. Any
 * thread.
 */
public final class Sentences {
  /** A language nobody chose is no help where a bundle lacks one: the bundle itself is English. */
  private static final ResourceBundle.Control NO_OTHER =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT);

  private static final String PLURAL = ",plural,";

  private final ResourceBundle bundle;
  private final Locale locale;

  private Sentences(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
  }

  /**
   * Reads a bundle.
   *
   * @param name such as {@code org.qalam.ui.window.messages}
   * @throws java.util.MissingResourceException where there is none
   */
  public static Sentences of(String name, Locale locale) {
    return new Sentences(
        ResourceBundle.getBundle(name, locale, Sentences.class.getClassLoader(), NO_OTHER), locale);
  }

  /**
   * A sentence with its facts filled in, in the syntax of {@link java.text.MessageFormat}, or that
   * of ICU where it has plural forms: Arabic has six, which Java does not know.
   *
   * @throws java.util.MissingResourceException where the key is unknown
   */
  public String get(String key, Object... facts) {
    String pattern = bundle.getString(key);
    return pattern.contains(PLURAL)
        ? new MessageFormat(pattern, locale).format(facts)
        : new java.text.MessageFormat(pattern, locale).format(facts);
  }

  /** Whether there is such a sentence. */
  public boolean has(String key) {
    return bundle.containsKey(key);
  }
}
