package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged and hostile torch files end in one sentence, or in tensors inside the file; nothing else
 * is thrown, and little memory is taken. For more of them: {@code mvn test -Dtest=TorchMutationTest
 * -Dqalam.mutants=5000}.
 */
class TorchMutationTest {
  private static final Path REFERENCE = Path.of("src/test/resources/reference");
  private static final int MUTANTS = Integer.getInteger("qalam.mutants", 200); // of each kind
  private static final long MAX_ALLOCATION = 16L << 20; // bytes for one file
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    0x7F,
    0xFF,
    0xFFFF,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xFFFFFFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 32,
    1L << 62,
    -50
  };

  private final Random random = new Random(20261123);
  private int refused;
  private int read;

  @TempDir Path folder;

  @Test
  void damagedFilesEndInASentenceOrInTensorsInsideThem() throws Exception {
    List<byte[]> files = new ArrayList<>();
    for (String name :
        List.of("shared.pth", "parameter.pth", "state_dict_protocol_4.pth", "script.pt")) {
      files.add(Files.readAllBytes(REFERENCE.resolve("torch").resolve(name)));
    }
    files.add(Files.readAllBytes(REFERENCE.resolve("meta_spinquant/consolidated.00.pth")));
    for (int round = 0; round < MUTANTS; round++) {
      byte[] good = files.get(round % 25 == 24 ? 4 : round % 4);
      open(mutant(good, round));
    }
    assertTrue(refused > MUTANTS / 4, refused + " of " + MUTANTS + " were refused");
    assertTrue(read > MUTANTS / 20, read + " of " + MUTANTS + " were read");
  }

  @Test
  void numbersThatDoNotFitEndInASentenceOrInTensorsInsideTheFile() throws Exception {
    for (int round = 0; round < MUTANTS; round++) {
      long[] shape = new long[random.nextInt(4)];
      long[] strides = new long[random.nextInt(10) == 0 ? 2 : shape.length];
      Arrays.setAll(shape, _ -> number());
      Arrays.setAll(strides, _ -> number());
      long stride = 1;
      for (int d = strides.length - 1; random.nextBoolean() && d >= 0 && d < shape.length; d--) {
        strides[d] = stride;
        stride *= shape[d];
      }
      long elements = random.nextBoolean() ? 16 : number();
      byte[] pickle =
          new TestPickle()
              .op('}')
              .text("w")
              .tensor("0", "FloatStorage", elements, number(), shape, strides)
              .op('s')
              .end();
      open(zip(pickle));
    }
    assertTrue(refused > 0 && read > 0, refused + " refused, " + read + " read");
  }

  @Test
  void opcodesInAnyOrderEndInASentenceOrInTensorsInsideTheFile() throws Exception {
    for (int round = 0; round < MUTANTS; round++) {
      TestPickle pickle = new TestPickle(2 + round % 4).op('}').op('(');
      for (int i = random.nextInt(60); i > 0; i--) {
        opcode(pickle);
      }
      open(zip(pickle.op('u').end()));
    }
    assertTrue(refused > 0, "none was refused");
  }

  @Test
  void callsAnywhereInAGoodPickleAreRefused() throws Exception {
    byte[] pickle = pickleOf(REFERENCE.resolve("torch/shared.pth"));
    List<String> functions =
        List.of("os\nsystem\n", "posix\nsystem\n", "builtins\neval\n", "nt\nsystem\n");
    for (int round = 0; round < MUTANTS; round++) {
      TestPickle call = call(functions.get(random.nextInt(functions.size())), round % 6);
      // after an opcode of the good one that pushes the empty tuple: a place where a value may be
      int at = randomPlace(pickle, (byte) ')');
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(pickle, 0, at);
      byte[] made = call.end();
      out.write(made, 2, made.length - 3);
      out.write(pickle, at, pickle.length - at);
      int before = refused;
      String sentence = open(zip(out.toByteArray()));
      assertEquals(before + 1, refused);
      assertTrue(sentence.contains("it wants to call"), sentence);
    }
  }

  private static TestPickle call(String function, int way) {
    String[] names = function.split("\n", -1);
    TestPickle pickle = new TestPickle();
    return switch (way) {
      case 0 -> pickle.op('c').ascii(function).text("id").op(0x85).op('R');
      case 1 -> pickle.text(names[0]).text(names[1]).op(0x93).text("id").op(0x85).op('R');
      case 2 -> pickle.op('(').text("id").op('i').ascii(function);
      case 3 -> pickle.op('(').op('c').ascii(function).text("id").op('o');
      case 4 -> pickle.op('c').ascii(function).text("id").op(0x85).op(0x81);
      default -> pickle.op(0x82).op(1);
    };
  }

  private byte[] mutant(byte[] good, int round) {
    byte[] mutant = good.clone();
    ByteBuffer numbers = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
    switch (round % 5) {
      case 0 -> {
        return Arrays.copyOf(good, random.nextInt(good.length));
      }
      case 1 -> numbers.putInt(place(good) & ~1, (int) number());
      case 2 -> numbers.putLong(place(good), number());
      case 3 -> {
        int from = place(good);
        int length = random.nextInt(Math.min(64, good.length - Math.max(from, 0)));
        System.arraycopy(good, from, mutant, Math.min(place(good), good.length - length), length);
      }
      default -> {
        for (int change = 0; change <= random.nextInt(4); change++) {
          mutant[place(good)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return mutant;
  }

  /** A place with at least eight bytes behind it, mostly in the pickle or in the directory. */
  private int place(byte[] file) {
    int reach = Math.min(file.length - 8, 4000);
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(file.length - 8);
      case 1, 2 -> random.nextInt(reach);
      default -> file.length - 8 - random.nextInt(reach);
    };
  }

  private long number() {
    return switch (random.nextInt(3)) {
      case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 1 -> random.nextInt(1, 17);
      default -> 1L << random.nextInt(5);
    };
  }

  private void opcode(TestPickle pickle) {
    switch (random.nextInt(12)) {
      case 0 -> pickle.text(random.nextBoolean() ? "w" : "storage");
      case 1 -> pickle.whole(number());
      case 2 -> pickle.tensor("0", "FloatStorage", 16, 0, new long[] {16}, new long[] {1});
      case 3 -> pickle.global("collections", "OrderedDict");
      case 4 -> pickle.global("torch._utils", "_rebuild_tensor_v2");
      case 5 -> pickle.op('q').op(random.nextInt(4));
      case 6 -> pickle.op('h').op(random.nextInt(4));
      case 7 -> pickle.op('N').op(0x94);
      default -> {
        String plain = "N)]}(tsaeubQR\u0085\u0086\u0087\u0088\u0093";
        pickle.op(plain.charAt(random.nextInt(plain.length())));
      }
    }
  }

  private int randomPlace(byte[] pickle, byte after) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < pickle.length; i++) {
      if (pickle[i] == after) {
        places.add(i + 1);
      }
    }
    return places.get(random.nextInt(places.size()));
  }

  private static byte[] zip(byte[] pickle) {
    TestZip zip = new TestZip().add("a/data.pkl", pickle);
    for (int i = 0; i < 8; i++) {
      zip.add("a/data/" + i, new byte[64]);
    }
    return zip.bytes();
  }

  private static byte[] pickleOf(Path file) throws Exception {
    Map<String, MemorySegment> entries =
        StoredZip.entries("", MemorySegment.ofArray(Files.readAllBytes(file)));
    for (Map.Entry<String, MemorySegment> entry : entries.entrySet()) {
      if (entry.getKey().endsWith("/data.pkl")) {
        return entry.getValue().toArray(ValueLayout.JAVA_BYTE);
      }
    }
    throw new AssertionError(file + " has no pickle");
  }

  /** Opens a mutant and returns the sentence, or nothing where it could be read. */
  private String open(byte[] mutant) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Path file = Files.write(folder.resolve("mutant.pth"), mutant);
    long before = threads.getCurrentThreadAllocatedBytes();
    String sentence = "";
    try (TorchFile torch = TorchFile.open(file)) {
      read++;
      checkInside(torch, mutant.length);
    } catch (ImportException e) {
      refused++;
      sentence = String.valueOf(e.getMessage());
      assertTrue(sentence.startsWith("mutant.pth: "), sentence);
      assertFalse(sentence.contains("\n"), sentence);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MAX_ALLOCATION, allocated + " bytes were allocated");
    return sentence;
  }

  /** All the slices fit into one stretch of memory as long as the file, and can be read. */
  private static void checkInside(TorchFile torch, int length) {
    long first = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Tensor tensor : torch.tensors().values()) {
      MemorySegment data = tensor.data();
      assertEquals(tensor.elements() * tensor.type().blockBytes, data.byteSize());
      first = Math.min(first, data.address());
      end = Math.max(end, data.address() + data.byteSize());
      long sum = 0;
      for (long i = 0; i < data.byteSize(); i++) {
        sum += data.get(ValueLayout.JAVA_BYTE, i);
      }
      assertTrue(Math.abs(sum) <= 128 * data.byteSize());
    }
    assertTrue(end - first <= length, "the slices span " + (end - first) + " bytes");
  }
}
