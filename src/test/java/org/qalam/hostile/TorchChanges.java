package org.qalam.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.qalam.convert.TestZip;

/** Archives that lie about their entries, and pickles that call functions. */
final class TorchChanges {
  private static final String OPCODES =
      "()]}[0123.FGIJKLMNPQRSTUVXabcdeghijlopqrstu\u0080\u0081\u0082\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u008d\u0090\u0093\u0094\u0095\u0098";

  private static final List<TestZip.Zip64> ZIP64 = List.of(TestZip.Zip64.values());

  private TorchChanges() {}

  static byte[] change(byte[] sound, Random random, Canary canary) throws IOException {
    Map<String, byte[]> entries = entries(sound, canary.secret.resolveSibling("sound.zip"));
    String pickle =
        entries.keySet().stream().filter(n -> n.endsWith("data.pkl")).findFirst().orElseThrow();
    boolean inPickle = random.nextBoolean();
    if (inPickle) {
      entries.put(pickle, pickle(entries.get(pickle), random, canary));
    }
    TestZip zip = new TestZip();
    zip.zip64(ZIP64.get(random.nextInt(ZIP64.size())));
    int victim = inPickle ? -1 : random.nextInt(entries.size() + 2) % entries.size();
    int index = 0;
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      zip.add(entry.getKey(), entry.getValue());
      if (index++ == victim) {
        lie(zip, entry, random);
      }
    }
    if (!inPickle) {
      switch (random.nextInt(8)) {
        case 0 -> zip.count = ByteChanges.number(random);
        case 1 -> zip.directoryOffset = ByteChanges.number(random);
        case 2 -> zip.directorySize = ByteChanges.number(random);
        default -> {}
      }
    }
    return zip.bytes();
  }

  private static void lie(TestZip zip, Map.Entry<String, byte[]> entry, Random random)
      throws IOException {
    TestZip.Entry last = zip.last();
    switch (random.nextInt(11)) {
      case 0 -> last.size = ByteChanges.number(random);
      case 1 -> last.localSize = ByteChanges.number(random);
      case 2 -> last.packedSize = ByteChanges.number(random);
      case 3 -> last.offset = ByteChanges.number(random) & Long.MAX_VALUE;
      case 4 -> last.name = "../" + last.name;
      case 5 -> last.localName = "archive/other";
      case 6 -> zip.add(entry.getKey(), new byte[entry.getValue().length]);
      case 7 -> last.flags = 1 << random.nextInt(16);
      case 8 -> last.extra = new byte[] {1, 0, (byte) 0xff, (byte) 0xff};
      case 9 -> last.method = last.localMethod = random.nextInt(100);
      default -> {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bomb)) {
          out.write(new byte[8 << 20]);
        }
        zip.add(entry.getKey() + "x", bomb.toByteArray());
        zip.last().method = 8;
        zip.last().localMethod = 8;
        zip.last().size = 1L << (30 + random.nextInt(30));
      }
    }
  }

  private static byte[] pickle(byte[] sound, Random random, Canary canary) {
    return switch (random.nextInt(4)) {
      case 0 -> ByteChanges.change(sound, random);
      case 1 -> opcodes(sound, random);
      default -> {
        // behind an opcode that pushes the empty tuple: a value may stand there
        List<Integer> places = new ArrayList<>(List.of(2));
        for (int i = 2; i < sound.length; i++) {
          if (sound[i] == ')') {
            places.add(i + 1);
          }
        }
        int place = places.get(random.nextInt(places.size()));
        yield ByteChanges.splice(sound, place, place, call(random, canary));
      }
    };
  }

  private static byte[] opcodes(byte[] sound, Random random) {
    int at = 2 + random.nextInt(sound.length - 2);
    byte[] opcodes = new byte[1 + random.nextInt(40)];
    for (int i = 0; i < opcodes.length; i++) {
      opcodes[i] = (byte) OPCODES.charAt(random.nextInt(OPCODES.length()));
    }
    return ByteChanges.splice(sound, at, random.nextBoolean() ? at : sound.length, opcodes);
  }

  /** Each would make the marker if a reader of pickles did what it says. */
  private static byte[] call(Random random, Canary canary) {
    String shell = "touch " + canary.marker;
    String python = "open('" + canary.marker + "','w')";
    String[][] functions = {
      {"os", "system", shell},
      {"posix", "system", shell},
      {"nt", "system", shell},
      {"subprocess", "getoutput", shell},
      {"builtins", "eval", python},
      {"builtins", "exec", python},
      {"__builtin__", "eval", python},
      {"runtime", "exec", shell},
      {"torch._utils", "_rebuild_tensor_v2.__globals__", python},
      {"collections", "OrderedDict.__reduce__", python}
    };
    String[] call = functions[random.nextInt(functions.length)];
    String global = call[0] + "\n" + call[1] + "\n";
    String text = "V" + call[2] + "\n";
    String code =
        switch (random.nextInt(5)) {
          case 0 -> "c" + global + text + "\u0085R";
          case 1 -> "V" + call[0] + "\nV" + call[1] + "\n\u0093" + text + "\u0085R";
          case 2 -> "(" + text + "i" + global;
          case 3 -> "(c" + global + text + "o";
          default -> "c" + global + text + "\u0085\u0081" + text + "b";
        };
    return code.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Map<String, byte[]> entries(byte[] archive, Path file) throws IOException {
    Files.write(file, archive);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }
}
