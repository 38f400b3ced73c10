package org.qalam.ui.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The sentences of one package, from its {@code messages.properties}, in the writer's language. Any
 * thread.
 */
public final class Messages {
  private final ResourceBundle bundle;
  private final Locale locale;

  private Messages(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
  }

  /** The sentences of the package that {@code owner} lives in, in the default locale. */
  public static Messages of(Class<?> owner) {
    Locale locale = Locale.getDefault(Locale.Category.DISPLAY);
    return new Messages(
        ResourceBundle.getBundle(
            owner.getPackageName() + ".messages", locale, owner.getClassLoader()),
        locale);
  }

  /**
   * A sentence with its facts filled in, in the syntax of {@link MessageFormat}.
   *
   * @throws java.util.MissingResourceException where the key is unknown
   */
  public String get(String key, Object... facts) {
    return new MessageFormat(bundle.getString(key), locale).format(facts);
  }

  /** The sentence, or {@code otherwise} where the key is unknown. */
  public String getOr(String key, String otherwise, Object... facts) {
    return bundle.containsKey(key) ? get(key, facts) : otherwise;
  }
}
