package org.qalam.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A folder of Hugging Face's layout with random weights, large enough to be interrupted. */
final class RandomCheckpoint {
  private static final Path LIKE = Path.of("src/test/resources/reference/hf");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDTH = 256;
  private static final int FEED_FORWARD = 1024;
  private static final int KEY_VALUE_WIDTH = 64;
  private static final int VOCABULARY = 4096;

  private RandomCheckpoint() {}

  /** Writes one in bfloat16; the same seed gives the same bytes. */
  static void write(Path folder, int layers, long seed) throws IOException {
    Files.createDirectories(folder);
    ObjectNode config = (ObjectNode) JSON.readTree(LIKE.resolve("config.json").toFile());
    config
        .put("hidden_size", WIDTH)
        .put("num_attention_heads", WIDTH / 32)
        .put("intermediate_size", FEED_FORWARD)
        .put("num_hidden_layers", layers)
        .put("vocab_size", VOCABULARY);
    JSON.writeValue(folder.resolve("config.json").toFile(), config);
    Files.copy(LIKE.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    Map<String, int[]> tensors = new LinkedHashMap<>();
    tensors.put("model.embed_tokens", new int[] {VOCABULARY, WIDTH});
    for (int layer = 0; layer < layers; layer++) {
      String block = "model.layers." + layer + ".";
      tensors.put(block + "input_layernorm", new int[] {WIDTH});
      tensors.put(block + "self_attn.q_proj", new int[] {WIDTH, WIDTH});
      tensors.put(block + "self_attn.k_proj", new int[] {KEY_VALUE_WIDTH, WIDTH});
      tensors.put(block + "self_attn.v_proj", new int[] {KEY_VALUE_WIDTH, WIDTH});
      tensors.put(block + "self_attn.o_proj", new int[] {WIDTH, WIDTH});
      tensors.put(block + "post_attention_layernorm", new int[] {WIDTH});
      tensors.put(block + "mlp.gate_proj", new int[] {FEED_FORWARD, WIDTH});
      tensors.put(block + "mlp.up_proj", new int[] {FEED_FORWARD, WIDTH});
      tensors.put(block + "mlp.down_proj", new int[] {WIDTH, FEED_FORWARD});
    }
    tensors.put("model.norm", new int[] {WIDTH});
    write(folder.resolve("model.safetensors"), tensors, new Random(seed));
  }

  private static void write(Path file, Map<String, int[]> tensors, Random random)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    long at = 0;
    for (Map.Entry<String, int[]> tensor : tensors.entrySet()) {
      ObjectNode facts = header.putObject(tensor.getKey() + ".weight").put("dtype", "BF16");
      long bytes = 2;
      for (int size : tensor.getValue()) {
        facts.withArray("shape").add(size);
        bytes *= size;
      }
      facts.withArray("data_offsets").add(at).add(at + bytes);
      at += bytes;
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(text.length)
              .array());
      out.write(text);
      for (long i = 0; i < at / 2; i++) {
        int bits = Float.floatToRawIntBits(random.nextFloat() * 0.1f - 0.05f) >>> 16;
        out.write(bits);
        out.write(bits >>> 8);
      }
    }
  }
}
