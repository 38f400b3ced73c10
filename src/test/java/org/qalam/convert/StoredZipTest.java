package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredZipTest {
  private static final byte[] DATA = {1, 2, 3, 4, 5, 6, 7, 8};

  @ParameterizedTest
  @EnumSource
  void findsTheBytesOfEveryEntry(TestZip.Zip64 where) throws Exception {
    Map<String, MemorySegment> entries = entries(two().zip64(where).bytes());
    assertEquals(List.of("top/one", "top/zwei-ä"), List.copyOf(entries.keySet()));
    assertArrayEquals(DATA, bytes(entries, "top/one"));
    assertArrayEquals(new byte[] {9}, bytes(entries, "top/zwei-ä"));
  }

  @Test
  void readsAnArchiveOfAnotherWriter() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry("top/one");
      CRC32 crc = new CRC32();
      crc.update(DATA);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(DATA.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(DATA);
    }
    assertArrayEquals(DATA, bytes(entries(out.toByteArray()), "top/one"));
  }

  @Test
  void compressedEntryIsRefusedByName() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("top/one"));
      zip.write(DATA);
    }
    assertEquals(
        "x.pth: its entry 'top/one' is compressed, as those of TorchScript programs are and a"
            + " checkpoint's are not; save the model's state_dict() with torch.save",
        refusal(out.toByteArray()));
  }

  @Test
  void headersThatDisagreeAreRefused() {
    refused("is not what the directory says", entry -> entry.localName = "top/two");
    refused("is not what the directory says", entry -> entry.localMethod = 8);
    refused("is not what the directory says", entry -> entry.localFlags = 0);
    refused("is not what the directory says", entry -> entry.localSize = 7);
    refused("is not what the directory says", entry -> entry.size = entry.packedSize = 7);
    refused("is not what the directory says", entry -> entry.localSize = 0);
    refused("has two sizes", entry -> entry.packedSize = 7);
    refused("is encrypted", entry -> entry.flags = entry.localFlags = 1);
    refused("has the flags", entry -> entry.flags = entry.localFlags = 1 << 5);
    refused("the extra fields", entry -> entry.extra = new byte[] {7, 7, 100, 0});
    refused("the extra fields", entry -> entry.extra = new byte[] {7});
    refused("is no text", entry -> entry.name = entry.localName = "a\uFFFD");
    refused("name has 0 bytes", entry -> entry.name = entry.localName = "");
    refused("name has 2000 bytes", entry -> entry.name = entry.localName = "a".repeat(2000));
  }

  @Test
  void entriesThatEscapeAreRefused() {
    for (long size : new long[] {9 + 120, 1000, Integer.MAX_VALUE, 0xFFFFFFF0L}) {
      refused(
          "reaches beyond the file",
          entry -> entry.size = entry.localSize = entry.packedSize = size);
    }
    for (long offset : new long[] {1, 29, 1000, Integer.MAX_VALUE, 0xFFFFFFF0L}) {
      refused("is not where the directory says", entry -> entry.offset = offset);
    }
    for (long number : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 40}) {
      refusedInZip64(entry -> entry.size = entry.localSize = entry.packedSize = number);
      if (number != -1) { // the stand-in for the truth
        refusedInZip64(entry -> entry.offset = number);
      }
    }
  }

  @Test
  void entriesThatOverlapAreRefused() {
    // the second entry's header is inside the first one's bytes
    TestZip inner = new TestZip().add("top/in", new byte[] {5});
    byte[] hidden = inner.bytes();
    TestZip zip = new TestZip().add("top/out", hidden).add("top/in", new byte[] {5});
    zip.last().offset = 30L + "top/out".length();
    assertTrue(refusal(zip.bytes()).contains("the entries 'top/out' and 'top/in' overlap"));
    // two entries of one header
    zip = new TestZip().add("top/in", DATA).add("top/in", DATA);
    assertTrue(refusal(zip.bytes()).contains("two entries are called 'top/in'"));
  }

  @Test
  void directoryThatIsNotWhereTheEndSaysIsRefused() {
    for (TestZip.Zip64 where : TestZip.Zip64.values()) {
      for (long number : new long[] {0, 1, 3, 0xFFFE, 0x7FFFFFFF, Long.MAX_VALUE, -2}) {
        TestZip zip = two().zip64(where);
        zip.count = number;
        refusal(zip.bytes());
        zip = two().zip64(where);
        zip.directoryOffset = number;
        refusal(zip.bytes());
        zip = two().zip64(where);
        zip.directorySize = number;
        refusal(zip.bytes());
      }
    }
  }

  private static TestZip two() {
    return new TestZip().add("top/one", DATA).add("top/zwei-ä", new byte[] {9});
  }

  private static void refused(String sentence, Consumer<TestZip.Entry> wrong) {
    TestZip zip = two().add("last", DATA);
    wrong.accept(zip.last());
    String refusal = refusal(zip.bytes());
    assertTrue(refusal.contains(sentence), refusal);
  }

  private static void refusedInZip64(Consumer<TestZip.Entry> wrong) {
    TestZip zip = two().zip64(TestZip.Zip64.IN_EVERY_HEADER).add("last", DATA);
    wrong.accept(zip.last());
    refusal(zip.bytes());
  }

  private static String refusal(byte[] zip) {
    return String.valueOf(assertThrows(ImportException.class, () -> entries(zip)).getMessage());
  }

  private static Map<String, MemorySegment> entries(byte[] zip) throws ImportException {
    return StoredZip.entries("x.pth", MemorySegment.ofArray(zip));
  }

  private static byte[] bytes(Map<String, MemorySegment> entries, String name) {
    return Objects.requireNonNull(entries.get(name), name).toArray(ValueLayout.JAVA_BYTE);
  }
}
