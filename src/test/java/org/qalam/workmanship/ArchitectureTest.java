package org.qalam.workmanship;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qalam.Qalam;

/** Holds the packages to the directions that docs/decisions/0032 gives them. */
class ArchitectureTest {
  private static final String ROOT = "org.qalam";

  /** What each package may see of Qalam, beside itself. */
  private static final Map<String, Set<String>> SEES =
      Map.ofEntries(
          Map.entry("task", Set.of()),
          Map.entry("machine", Set.of()),
          Map.entry("language", Set.of()),
          Map.entry("document", Set.of()),
          Map.entry("secret", Set.of()),
          Map.entry("tokenizer", Set.of("task")),
          Map.entry("catalog", Set.of("task")),
          Map.entry("engine", Set.of("task", "tokenizer")),
          Map.entry("engine.onnx", Set.of("catalog", "engine", "task", "tokenizer")),
          Map.entry("convert", Set.of("catalog", "task", "tokenizer")),
          Map.entry("proof", Set.of("document", "task")),
          Map.entry("search", Set.of("document", "secret", "task")),
          Map.entry("assist", Set.of("document", "engine", "search", "task", "tokenizer")),
          Map.entry("store", Set.of("document", "secret", "task")),
          Map.entry("store.journal", Set.of("document", "secret")),
          Map.entry("store.h2", Set.of("document", "secret", "store", "store.journal", "task")),
          Map.entry("exchange", Set.of("document", "language", "task")),
          Map.entry("print", Set.of("exchange", "task")),
          Map.entry(
              "cli",
              Set.of(
                  "assist",
                  "catalog",
                  "convert",
                  "document",
                  "engine",
                  "exchange",
                  "machine",
                  "proof",
                  "search",
                  "secret",
                  "store",
                  "task",
                  "tokenizer")),
          Map.entry(
              "ui",
              Set.of(
                  "assist",
                  "catalog",
                  "convert",
                  "document",
                  "exchange",
                  "language",
                  "print",
                  "proof",
                  "search",
                  "secret",
                  "store",
                  "task")));

  private static JavaClasses all = new ClassFileImporter().importClasses();

  @BeforeAll
  static void importProgram() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @Test
  void thereIsSomethingToCheck() {
    assertTrue(all.size() >= 180, all.size() + " classes");
  }

  @Test
  void everyPackageSeesOnlyWhatItMay() {
    Map<String, Set<String>> wrong = new TreeMap<>();
    for (JavaClass from : all) {
      String room = room(from);
      if (room.isEmpty() || room.equals("app")) {
        continue;
      }
      from.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith(ROOT))
          .filter(dependency -> !maySee(room, room(dependency.getTargetClass())))
          .forEach(dependency ->
              wrong
                  .computeIfAbsent(
                      room + " -> " + room(dependency.getTargetClass()), _ -> new TreeSet<>())
                  .add(dependency.getDescription()));
    }
    assertEquals(Map.of(), wrong);
  }

  private static boolean maySee(String room, String other) {
    return room.equals(other) || SEES.getOrDefault(room, Set.of()).contains(other);
  }

  /** The package as the rules name it: all of {@code ui} is one, the root has no name. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    String inner = name.length() > ROOT.length() ? name.substring(ROOT.length() + 1) : "";
    return inner.startsWith("ui.") ? "ui" : inner;
  }

  @Test
  void mainSeesOnlyTheCompositionRoot() {
    classes()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify..", ROOT, ROOT + ".app", ROOT + ".cli"))
        .check(all);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("org.qalam.(**)").should().beFreeOfCycles().check(all);
  }

  @Test
  void onlyOnePackageKnowsTheModelRunTime() {
    onlyIn("ai.onnxruntime..", ROOT + ".engine.onnx");
  }

  @Test
  void onlyOnePackageKnowsTheDatabase() {
    for (String library : List.of("java.sql..", "javax.sql..", "org.h2..", "org.jdbi..")) {
      onlyIn(library, ROOT + ".store.h2");
    }
  }

  @Test
  void onlyOnePackageKnowsTheRulesOfSpellingAndGrammar() {
    onlyIn("org.languagetool..", ROOT + ".proof");
  }

  @Test
  void onlyOnePackageKnowsTheFormatsOfOtherPrograms() {
    for (String library :
        List.of("org.commonmark..", "org.jsoup..", "org.apache.pdfbox..", "org.apache.fontbox..")) {
      onlyIn(library, ROOT + ".exchange");
    }
  }

  @Test
  void onlyTheWindowKnowsJavaFx() {
    for (String library : List.of("javafx..", "org.fxmisc..", "atlantafx..", "org.kordamp..")) {
      onlyIn(library, ROOT + ".ui..", ROOT + ".app");
    }
  }

  @Test
  void onlyOnePackageKnowsCiphers() {
    for (String library : List.of("org.bouncycastle..", "javax.crypto..")) {
      onlyIn(library, ROOT + ".secret");
    }
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    onlyIn("picocli..", ROOT + ".cli");
  }

  private static void onlyIn(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .check(all);
  }

  @Test
  void viewModelsKnowNoNode() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("ViewModel")
        .should()
        .dependOnClassesThat(resideInAPackage("javafx.scene.."))
        .check(all);
  }

  @Test
  void viewsShowFactsAndCallNoService() {
    DescribedPredicate<JavaClass> services =
        resideInAnyPackage(
                ROOT + ".assist..", ROOT + ".catalog..", ROOT + ".convert..", ROOT + ".store..")
            .and(describe("services", type -> !type.isRecord() && !type.isEnum()));
    noClasses()
        .that()
        .haveSimpleNameEndingWith("View")
        .and()
        .resideInAPackage(ROOT + ".ui..")
        .should()
        .dependOnClassesThat(services)
        .check(all);
  }

  @Test
  void onlyTheCatalogueTalksToTheNetwork() {
    DescribedPredicate<JavaClass> sockets =
        resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..", "javax.net..")
            .or(
                describe(
                    "sockets",
                    type ->
                        type.getName().matches("java\\.net\\.(.*Socket|.*URLConnection)")
                            || type.getName()
                                .matches("java\\.nio\\.channels\\..*(Socket|Datagram)Channel")));
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".catalog")
        .should()
        .dependOnClassesThat(sockets)
        .orShould()
        .accessTargetWhere(calls(URL.class, "openStream", "openConnection", "getContent", "<init>"))
        .check(all);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Qalam.class.getName())
        .should()
        .accessTargetWhere(calls(System.class, "exit"))
        .orShould()
        .accessTargetWhere(calls(Runtime.class, "exit", "halt"))
        .check(all);
  }

  @Test
  void threadsAreOfThePlatform() {
    noClasses()
        .should()
        .accessTargetWhere(calls(Thread.class, "ofVirtual", "startVirtualThread"))
        .orShould()
        .accessTargetWhere(calls(Executors.class, "newVirtualThreadPerTaskExecutor"))
        .check(all);
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... names) {
    return describe(
        "calls of " + owner.getSimpleName() + "." + String.join("/", names),
        access -> {
          AccessTarget target = access.getTarget();
          return target.getOwner().isEquivalentTo(owner)
              && List.of(names).contains(target.getName());
        });
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked =
        all.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(room ->
                room.tryGetPackageInfo()
                    .map(info -> !info.isAnnotatedWith(NullMarked.class))
                    .orElse(true))
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unmarked);
  }
}
