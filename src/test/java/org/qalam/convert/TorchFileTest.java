package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against what PyTorch reads from the same files ({@code reference/torch/expected.json}, made by
 * {@code make.py} beside it).
 */
class TorchFileTest {
  private static final Path REFERENCE = Path.of("src/test/resources/reference");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meta_bf16/consolidated.00.pth",
        "meta_spinquant/consolidated.00.pth",
        "meta_qlora/consolidated.00.pth",
        "torch/parameter.pth",
        "torch/shared.pth",
        "torch/state_dict.pth",
        "torch/state_dict_protocol_4.pth",
        "torch/state_dict_protocol_5.pth",
        "torch/version_1_12.pth"
      })
  void readsTheTensorsThatPyTorchReads(String file) throws Exception {
    JsonNode expected = new ObjectMapper().readTree(resource("torch/expected.json")).get(file);
    try (TorchFile torch = TorchFile.open(REFERENCE.resolve(file))) {
      List<String> names = new ArrayList<>();
      expected.fieldNames().forEachRemaining(names::add);
      assertEquals(names, List.copyOf(torch.tensors().keySet()));
      for (String name : names) {
        check(expected.get(name), tensor(torch, name));
      }
    }
  }

  private static void check(JsonNode expected, Tensor tensor) throws Exception {
    List<Long> shape = new ArrayList<>();
    expected.get("shape").forEach(size -> shape.add(size.longValue()));
    assertEquals(expected.get("type").asText(), tensor.type().name(), tensor.name());
    assertEquals(shape, tensor.shape(), tensor.name());
    byte[] bytes = tensor.data().toArray(ValueLayout.JAVA_BYTE);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertEquals(expected.get("sha256").asText(), HexFormat.of().formatHex(digest), tensor.name());
    float[] number = new float[1];
    Dequantizer.read(tensor, 0, number);
    assertEquals(expected.get("first").floatValue(), number[0], tensor.name());
    Dequantizer.read(tensor, tensor.elements() - 1, number);
    assertEquals(expected.get("last").floatValue(), number[0], tensor.name());
  }

  @Test
  void sharedNumbersAreNotCopied() throws Exception {
    try (TorchFile torch = TorchFile.open(REFERENCE.resolve("torch/shared.pth"))) {
      Tensor table = tensor(torch, "table");
      Tensor rows = tensor(torch, "rows");
      assertEquals(table.data(), tensor(torch, "again").data());
      assertEquals(table.data().address() + 2 * 4 * 4, rows.data().address());
      assertTrue(rows.data().isReadOnly());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not_contiguous.pth | tensor 'turned' is not stored row after row (shape [4, 6], strides"
            + " [1, 4]); save its contiguous() form",
        "longs.pth | tensor 'position_ids' holds numbers of a kind that Qalam does not read (Long);"
            + " it reads BFloat16, Half, Float and Char",
        "nested.pth | the entry 'model' is a dictionary; if the tensors are in it, save that"
            + " dictionary alone",
        "before_1_6.pth | this file has the layout of PyTorch before 1.6, which Qalam does not"
            + " read; load it with a newer PyTorch and save it again",
        "script.pt | its entry 'script/code/__torch__/torch/nn/modules/linear.py' is compressed, as"
            + " those of TorchScript programs are and a checkpoint's are not; save the model's"
            + " state_dict() with torch.save",
        "whole_module.pth | it wants to call 'torch.nn.modules.container.Sequential', which tensors"
            + " do not need, and Qalam runs no code from a file; take the model from a source that"
            + " you trust"
      })
  void refusesWhatItDoesNotReadByName(String file, String sentence) {
    assertEquals(file + ": " + sentence, refusal(REFERENCE.resolve("torch").resolve(file)));
  }

  @Test
  void refusesFilesOfOtherKinds() throws Exception {
    assertTrue(refusalOf(new byte[0]).contains("not a file of PyTorch"));
    assertTrue(refusalOf(bytes("GGUF and so on")).contains("not a file of PyTorch"));
    assertTrue(refusalOf(new byte[] {(byte) 0x80, 4, 'N', '.'}).contains("bare pickle"));
    assertTrue(
        refusalOf(new TestZip().add("word/document.xml", bytes("<w/>")).bytes())
            .contains("not a file of PyTorch (it has no data.pkl)"));
  }

  @Test
  void fileThatIsCutShortIsSaid() throws Exception {
    byte[] whole = Files.readAllBytes(REFERENCE.resolve("torch/shared.pth"));
    for (int length : new int[] {4, 100, whole.length / 2, whole.length - 1}) {
      String sentence = refusalOf(Arrays.copyOf(whole, length));
      assertTrue(sentence.contains("cut short") && sentence.contains("download"), sentence);
    }
  }

  @Test
  void numbersOfABigEndianMachineAreRefused() throws Exception {
    TestZip zip = new TestZip().add("a/data.pkl", TestPickle.oneTensor("w", 4));
    zip.add("a/byteorder", bytes("big")).add("a/data/0", new byte[16]);
    assertTrue(refusalOf(zip.bytes()).contains("big-endian"));
  }

  @Test
  void tensorsThatDoNotFitTheirStorageAreRefused() throws Exception {
    long[] two = {2, 2};
    long[] rows = {2, 1};
    refused("reaches beyond its storage", "0", 4, 1, two, rows);
    refused("reaches beyond its storage", "0", 4, -1, two, rows);
    refused("reaches beyond its storage", "0", 4, Long.MAX_VALUE, two, rows);
    refused("reaches beyond its storage", "0", 4, 0, new long[] {2, 3}, new long[] {3, 1});
    refused("a storage of 5 numbers and has one of 16 bytes", "0", 5, 0, two, rows);
    refused("a storage of 3 numbers and has one of 16 bytes", "0", 3, 0, two, rows);
    refused("a storage of -4 numbers", "0", -4, 0, two, rows);
    refused("numbers of tensor 'w' are missing", "1", 4, 0, two, rows);
    refused("numbers of tensor 'w' are missing", "../data.pkl", 4, 0, two, rows);
    refused("has 1 strides", "0", 4, 0, two, new long[] {1});
    refused("a dimension of 0", "0", 4, 0, new long[] {0, 2}, rows);
    refused("a dimension of -2", "0", 4, 0, new long[] {2, -2}, new long[] {-2, 1});
    refused("not stored row after row", "0", 4, 0, two, new long[] {0, 0});
    long large = Integer.MAX_VALUE;
    refused(
        "larger than any file",
        "0",
        4,
        0,
        new long[] {large, large, large},
        new long[] {large * large, large, 1});
  }

  private void refused(
      String sentence, String key, long elements, long offset, long[] shape, long[] strides)
      throws Exception {
    TestPickle pickle = new TestPickle().op('}').text("w");
    pickle.tensor(key, "FloatStorage", elements, offset, shape, strides).op('s');
    String refusal =
        refusalOf(
            new TestZip().add("a/data.pkl", pickle.end()).add("a/data/0", new byte[16]).bytes());
    assertTrue(refusal.contains(sentence), refusal);
  }

  @Test
  void storageThatIsDescribedInTwoWaysIsRefused() throws Exception {
    TestPickle pickle = new TestPickle().op('}').text("a");
    pickle.tensor("0", "FloatStorage", 4, 0, new long[] {4}, new long[] {1}).op('s').text("b");
    pickle.tensor("0", "HalfStorage", 8, 0, new long[] {8}, new long[] {1}).op('s');
    TestZip zip = new TestZip().add("a/data.pkl", pickle.end()).add("a/data/0", new byte[16]);
    assertTrue(refusalOf(zip.bytes()).contains("the storage '0' is described in two ways"));
  }

  @Test
  void readsAZip64ArchiveOfManyEntries() throws Exception {
    for (TestZip.Zip64 zip64 : TestZip.Zip64.values()) {
      TestZip zip = new TestZip().zip64(zip64).add("a/data.pkl", TestPickle.oneTensor("w", 4));
      for (int i = 0; i < 5000; i++) {
        zip.add("a/data/" + i, new byte[] {(byte) i, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3});
      }
      Path file = Files.write(folder.resolve("many.pth"), zip.bytes());
      try (TorchFile torch = TorchFile.open(file)) {
        assertArrayEquals(
            new byte[] {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3},
            tensor(torch, "w").data().toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }

  @Test
  void tensorsAreGoneWhenTheFileIsClosed() throws Exception {
    TorchFile torch = TorchFile.open(REFERENCE.resolve("torch/shared.pth"));
    Tensor table = tensor(torch, "table");
    torch.close();
    torch.close();
    assertFalse(table.data().scope().isAlive());
  }

  private static Tensor tensor(TorchFile torch, String name) {
    return Objects.requireNonNull(torch.tensors().get(name), name);
  }

  private String refusalOf(byte[] bytes) throws Exception {
    return refusal(Files.write(folder.resolve("bad.pth"), bytes));
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(ImportException.class, () -> TorchFile.open(file).close()).getMessage());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static File resource(String name) {
    return REFERENCE.resolve(name).toFile();
  }
}
