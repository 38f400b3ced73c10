package org.qalam.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.PluralRules;
import java.io.IOException;
import java.io.Reader;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sentence of the interface exists in Arabic too, with the same facts in it. */
class SentencesTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Pattern FACT = Pattern.compile("\\{(\\d)");
  private static final Locale ARABIC = Locale.of("ar");

  /** What begins as a sentence or a name does. */
  private static final Pattern WORDS =
      Pattern.compile("(?s)[^\\p{L}]*\\p{Lu}\\p{Ll}*([ ,.:;!?…'’].*)?");

  /** Classes with names of fonts, systems and keys, or with samples that nobody sees. */
  private static final Set<String> NAMING =
      Set.of("Fonts", "Desktop", "Keys$Modifier", "PageRehearsal");

  /** Names and a key. */
  private static final Set<String> NAMES = Set.of("Markdown", "Qalam", "Delete");

  /** What lines are measured by begins so. */
  private static final String SAMPLE = "A sample";

  @TempDir Path home;

  /** Of all bundles, without the ending. */
  static List<Path> bundles() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES.resolve("org/qalam"))) {
      return files
          .filter(file -> file.toString().matches(".*/(messages|statement).properties"))
          .toList();
    }
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }

  private static Set<String> facts(String pattern) {
    return FACT.matcher(pattern)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path inArabic(Path english) {
    String name = english.getFileName().toString();
    return english.resolveSibling(name.replace(".properties", "_ar.properties"));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everySentenceIsThereInArabicWithTheSameFacts(Path english) throws IOException {
    Properties of = read(english);
    Properties in = read(inArabic(english));
    assertEquals(new TreeSet<>(of.keySet()), new TreeSet<>(in.keySet()));
    for (String key : of.stringPropertyNames()) {
      assertEquals(facts(of.getProperty(key)), facts(in.getProperty(key)), key);
      assertFalse(in.getProperty(key).contains(",choice,1"), key + " needs Arabic's plural forms");
    }
  }

  /** A sentence that stands in a class of the interface would be in one language for ever. */
  @Test
  void theInterfaceSaysNothingThatIsNotInABundle() throws Exception {
    Path classes =
        Path.of(Sentences.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> found = new ArrayList<>();
    int looked = 0;
    try (Stream<Path> files = Files.walk(classes.resolve("org/qalam/ui"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
          if (entry instanceof StringEntry constant) {
            looked++;
            String text = constant.stringValue();
            if (text.length() > 1
                && WORDS.matcher(text).matches()
                && !NAMES.contains(text)
                && !text.startsWith(SAMPLE)
                && !NAMING.contains(name)) {
              found.add(name + ": " + text);
            }
          }
        }
      }
    }
    assertTrue(looked > 1_000, looked + " constants");
    assertEquals(List.of(), found);
  }

  /** With each of the numbers for which Arabic has a form of its own. */
  @ParameterizedTest
  @MethodSource("bundles")
  void everySentenceCanBeSaidOfAnyNumber(Path english) throws IOException {
    String name =
        RESOURCES.relativize(english).toString().replace(".properties", "").replace('/', '.');
    for (Locale locale : List.of(Locale.ENGLISH, ARABIC)) {
      Sentences sentences = Sentences.of(name, locale);
      for (String key : read(english).stringPropertyNames()) {
        for (Object fact : List.of(0, 1, 2, 3, 11, 100, 102)) {
          String said = sentences.get(key, fact, fact, fact, fact);
          assertFalse(said.contains("{") && !said.contains("{{"), key + ": " + said);
        }
      }
    }
  }

  /** A form that is left out is said as {@code other}, which is wrong of two letters or three. */
  @ParameterizedTest
  @MethodSource("bundles")
  void whatIsCountedHasTheFormsOfArabic(Path english) throws IOException {
    List<String> lacking = new ArrayList<>();
    Set<String> forms = new TreeSet<>(PluralRules.forLocale(ARABIC).getKeywords());
    forms.remove("zero"); // said otherwise: no words, nothing
    Properties in = read(inArabic(english));
    for (String key : in.stringPropertyNames()) {
      String pattern = in.getProperty(key);
      for (int at = pattern.indexOf(",plural,");
          at >= 0;
          at = pattern.indexOf(",plural,", at + 1)) {
        String forThis = pattern.substring(at, end(pattern, at));
        for (String form : forms) {
          boolean isOne = form.equals("one") && forThis.contains("=1{");
          if (!isOne && !forThis.contains(form + "{")) {
            lacking.add(key + ": " + form);
          }
        }
      }
    }
    assertEquals(List.of(), lacking);
  }

  /** Where the braces that are open at {@code from} are closed. */
  private static int end(String pattern, int from) {
    int depth = 1;
    int at = from;
    while (depth > 0) {
      char c = pattern.charAt(at++);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return at;
  }

  @Test
  void arabicCountsAsArabicDoes() {
    Sentences sentences = Sentences.of("org.qalam.ui.library.messages", ARABIC);
    assertEquals("كلمة واحدة", sentences.get("words", 1));
    assertEquals("كلمتان", sentences.get("words", 2));
    assertTrue(sentences.get("words", 5).endsWith(" كلمات"), sentences.get("words", 5));
    assertTrue(sentences.get("words", 15).endsWith(" كلمة"), sentences.get("words", 15));
  }

  @Test
  void aLanguageThatQalamDoesNotSpeakIsEnglishWhateverTheSystems() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(ARABIC);
      String name = "org.qalam.ui.library.messages";
      assertEquals("Delete", Sentences.of(name, Locale.ENGLISH).get("delete"));
      assertEquals("Delete", Sentences.of(name, Locale.GERMAN).get("delete"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theChoiceIsKeptAndWhatIsUnreadableIsTheSystems() throws IOException {
    assertEquals(InterfaceLanguage.SYSTEM, InterfaceLanguage.kept(home));
    InterfaceLanguage.ARABIC.keep(home);
    assertEquals(InterfaceLanguage.ARABIC, InterfaceLanguage.kept(home));
    Files.writeString(home.resolve("language"), "tlh");
    assertEquals(InterfaceLanguage.SYSTEM, InterfaceLanguage.kept(home));
    Files.write(home.resolve("language"), new byte[] {(byte) 0xff, 0});
    assertEquals(InterfaceLanguage.SYSTEM, InterfaceLanguage.kept(home));
  }
}
