package org.qalam.exchange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Damages documents that other programs made: a number alone makes a mutant. */
final class DocumentMutants {
  /**
   * How mutants ended.
   *
   * @param slowest in milliseconds
   */
  record Ends(int refused, int read, long slowest, List<String> defects) {}

  private static final Path MADE = Path.of("src/test/resources/org/qalam/exchange/made");
  private static final List<String> NAMES =
      List.of(
          "pandoc.docx",
          "libreoffice.docx",
          "pandoc.odt",
          "libreoffice.odt",
          "pandoc.html",
          "libreoffice.html",
          "libreoffice.pdf");
  private static final Pattern RAW =
      Pattern.compile("java\\.|javax\\.|org\\.|\\p{Cntrl}|\\bnull\\b|[A-Z][a-z]+Exception");
  private static final long SLOW = 20_000;

  private final Path folder;

  DocumentMutants(Path folder) {
    this.folder = folder;
  }

  /** What is wrong with a message for people; empty where nothing is. */
  static String fault(@Nullable String message) {
    if (message == null || message.length() < 15 || message.length() > 700) {
      return "no sentence";
    }
    return RAW.matcher(message.replaceFirst("^/\\S+", "")).find()
        ? "not for people: " + message
        : "";
  }

  Ends tryAll(long first, int count) throws IOException {
    int refused = 0;
    int read = 0;
    long slowest = 0;
    List<String> defects = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      String name = NAMES.get(Math.floorMod(seed, NAMES.size()));
      Random random = new Random(seed * 31);
      Path file = folder.resolve("mutant" + name.substring(name.indexOf('.')));
      Files.write(file, mutant(name, random));
      long start = System.nanoTime();
      try {
        ImportedText text = DocumentImport.read(file);
        read++;
        if (text.text().length() > TextImport.LIMIT) {
          defects.add(seed + ": a text of " + text.text().length());
        }
      } catch (ExchangeException e) {
        refused++;
        if (!fault(e.getMessage()).isEmpty()) {
          defects.add(seed + ": " + fault(e.getMessage()));
        }
      } catch (RuntimeException | Error e) {
        defects.add(seed + " (" + name + "): " + e);
      }
      long took = (System.nanoTime() - start) / 1_000_000;
      slowest = Math.max(slowest, took);
      if (took > SLOW) {
        defects.add(seed + " (" + name + "): " + took + " ms");
      }
      try (var files = Files.list(folder)) {
        if (files.anyMatch(one -> !one.getFileName().toString().startsWith("mutant"))) {
          defects.add(seed + ": wrote a file");
        }
      }
    }
    return new Ends(refused, read, slowest, defects);
  }

  private static byte[] mutant(String name, Random random) throws IOException {
    byte[] sound = Files.readAllBytes(MADE.resolve(name));
    boolean isZip = name.endsWith("x") || name.endsWith("t");
    if (!isZip || random.nextInt(4) == 0) {
      return changed(sound, random, name.endsWith("f"));
    }
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(sound))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), zip.readAllBytes());
      }
    }
    List<String> names =
        parts.keySet().stream().filter(part -> part.matches(".*(xml|rels|mimetype)")).toList();
    List<String> main =
        names.stream()
            .filter(part -> part.matches(".*(document|content|styles|numbering|footnotes)\\.xml"))
            .toList();
    for (int i = 0; i <= random.nextInt(3); i++) {
      List<String> from = random.nextInt(4) > 0 ? main : names;
      String victim = from.get(random.nextInt(from.size()));
      switch (random.nextInt(10)) {
        case 0 -> parts.put(victim, new byte[0]);
        case 1 -> parts.put(victim, parts.getOrDefault(names.getFirst(), new byte[0]));
        default ->
            parts.put(victim, changed(parts.getOrDefault(victim, new byte[0]), random, false));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] changed(byte[] sound, Random random, boolean isBinary) {
    if (sound.length < 32) {
      return sound;
    }
    if (isBinary || random.nextInt(4) == 0) {
      byte[] bytes = sound.clone();
      if (random.nextInt(6) == 0) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      for (int i = 0; i <= random.nextInt(20); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      return bytes;
    }
    return told(new String(sound, StandardCharsets.UTF_8), random).getBytes(StandardCharsets.UTF_8);
  }

  /** Changes that leave most of the markup whole, so that more than the parser is tried. */
  private static String told(String text, Random random) {
    List<int[]> tags = new ArrayList<>();
    var matcher = Pattern.compile("<[^>]{1,300}>").matcher(text);
    while (matcher.find()) {
      tags.add(new int[] {matcher.start(), matcher.end()});
    }
    if (tags.isEmpty()) {
      return text;
    }
    int[] one = tags.get(random.nextInt(tags.size()));
    int[] other = tags.get(random.nextInt(tags.size()));
    String tag = text.substring(one[0], one[1]);
    return switch (random.nextInt(8)) {
      case 0 -> text.substring(0, one[0]) + text.substring(one[1]);
      case 1 ->
          text.substring(0, one[0])
              + tag.repeat(2 + random.nextInt(2_000))
              + text.substring(one[1]);
      case 2 -> text.substring(0, other[0]) + tag + text.substring(other[0]);
      case 3 ->
          text.substring(0, one[0])
              + tag.replaceAll("=\"[^\"]*\"", "=\"" + number(random) + "\"")
              + text.substring(one[1]);
      case 4 -> text.replaceAll("=\"\\d+\"", "=\"" + number(random) + "\"");
      case 5 -> "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>" + text + "&b;";
      case 6 -> {
        int start = Math.min(one[0], other[0]);
        int end = Math.max(one[1], other[1]);
        yield text.substring(0, start) + text.substring(end);
      }
      default -> {
        String twice = text.substring(Math.min(one[0], other[0]), Math.max(one[1], other[1]));
        yield text.substring(0, one[0])
            + twice.substring(0, Math.min(twice.length(), 20_000)).repeat(1 + random.nextInt(20))
            + text.substring(one[0]);
      }
    };
  }

  private static String number(Random random) {
    String[] numbers = {
      "-1", "0", "999999999", "2147483648", "99999999999999999999", "", "&#0;", "x"
    };
    return numbers[random.nextInt(numbers.length)];
  }
}
