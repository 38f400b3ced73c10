package org.qalam.language;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The language that the interface speaks. It is kept in a small file beside the documents, since it
 * is wanted before these are unlocked. Any thread.
 */
public enum InterfaceLanguage {
  /** That of the system where Qalam speaks it, else English. */
  SYSTEM(""),
  ENGLISH("en"),
  ARABIC("ar");

  private static final String FILE = "language";
  private static final Locale SYSTEM_DISPLAY = Locale.getDefault(Locale.Category.DISPLAY);
  private static final Locale SYSTEM_FORMAT = Locale.getDefault(Locale.Category.FORMAT);

  private final String code;

  InterfaceLanguage(String code) {
    this.code = code;
  }

  /**
   * What the writer chose last; {@link #SYSTEM} where that cannot be read.
   *
   * @param home the data folder
   */
  public static InterfaceLanguage kept(Path home) {
    String kept;
    try {
      kept = Files.readString(home.resolve(FILE), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      return SYSTEM;
    } catch (IOException e) {
      System.getLogger(InterfaceLanguage.class.getName())
          .log(System.Logger.Level.INFO, "the language cannot be read", e);
      return SYSTEM;
    }
    Predicate<InterfaceLanguage> isKept = language -> language.code.equals(kept);
    return Stream.of(values()).filter(isKept).findFirst().orElse(SYSTEM);
  }

  /** Keeps this as the writer's choice. */
  public void keep(Path home) throws IOException {
    Files.writeString(home.resolve(FILE), code, StandardCharsets.UTF_8);
  }

  /**
   * What is made from now on speaks it, in sentences, dates, numbers and the order of names. For
   * the whole program; what is on the screen stays as it is.
   */
  public void speak() {
    Locale.setDefault(Locale.Category.DISPLAY, locale(SYSTEM_DISPLAY));
    Locale.setDefault(Locale.Category.FORMAT, locale(SYSTEM_FORMAT));
  }

  /** With the habits of the system's country, where the language is the same. */
  private Locale locale(Locale system) {
    boolean isSame = code.isEmpty() || system.getLanguage().equals(code);
    return isSame ? system : Locale.of(code);
  }

  /** Whether what is spoken now runs from right to left. */
  public static boolean isRightToLeft() {
    return Locale.getDefault(Locale.Category.DISPLAY).getLanguage().equals(ARABIC.code);
  }
}
