package org.qalam.catalog;

import java.util.List;

/**
 * What a model folder holds: its {@code manifest.json}.
 *
 * @param format version of this description, now 1
 * @param id folder name: lower-case letters, digits, dots and dashes
 * @param name for people, such as {@code SmolLM2 135M Instruct}
 * @param architecture such as {@code llama}
 * @param license SPDX name or empty
 * @param source file name that it was made from
 * @param quantization such as {@code int8 block 32, int8 activations}
 * @param contextLength tokens
 * @param vocabularySize token ids
 * @param layers transformer blocks
 * @param keyValueHeads heads of the key-value cache in a block
 * @param headSize numbers in a head
 * @param parameters number of weights
 * @param bosToken spelling of the token that begins a text; empty where there is none
 * @param eosToken spelling of the token that ends a text; empty where there is none
 * @param stopTokens ids of tokens that end an answer
 * @param chatTemplate Jinja source; empty where the source had none
 * @param languages languages that the model's makers name, ISO 639-1; may be empty
 * @param files every other file of the folder
 * @param graph how the graph is run; manifests without it are of Qalam's own graphs
 */
public record ModelManifest(
    int format,
    String id,
    String name,
    String architecture,
    String license,
    String source,
    String quantization,
    int contextLength,
    int vocabularySize,
    int layers,
    int keyValueHeads,
    int headSize,
    long parameters,
    String bosToken,
    String eosToken,
    List<Integer> stopTokens,
    String chatTemplate,
    List<String> languages,
    List<FileEntry> files,
    GraphSignature graph) {
  /** The format that this version writes and reads. */
  public static final int FORMAT = 1;

  /** Name of the file in a model folder. */
  public static final String FILE = "manifest.json";

  public ModelManifest {
    stopTokens = List.copyOf(stopTokens);
    languages = List.copyOf(languages);
    files = List.copyOf(files);
  }

  /** A model whose graph Qalam made. */
  public ModelManifest(
      int format,
      String id,
      String name,
      String architecture,
      String license,
      String source,
      String quantization,
      int contextLength,
      int vocabularySize,
      int layers,
      int keyValueHeads,
      int headSize,
      long parameters,
      String bosToken,
      String eosToken,
      List<Integer> stopTokens,
      String chatTemplate,
      List<String> languages,
      List<FileEntry> files) {
    this(
        format,
        id,
        name,
        architecture,
        license,
        source,
        quantization,
        contextLength,
        vocabularySize,
        layers,
        keyValueHeads,
        headSize,
        parameters,
        bosToken,
        eosToken,
        stopTokens,
        chatTemplate,
        languages,
        files,
        GraphSignature.OWN);
  }

  /**
   * One file.
   *
   * @param name plain file name
   * @param size bytes
   * @param sha256 lower-case hexadecimal
   */
  public record FileEntry(String name, long size, String sha256) {}

  /** The same with other files. */
  public ModelManifest withFiles(List<FileEntry> others) {
    return new ModelManifest(
        format,
        id,
        name,
        architecture,
        license,
        source,
        quantization,
        contextLength,
        vocabularySize,
        layers,
        keyValueHeads,
        headSize,
        parameters,
        bosToken,
        eosToken,
        stopTokens,
        chatTemplate,
        languages,
        others,
        graph);
  }

  /** Whether it has a file of this name. */
  public boolean has(String name) {
    return files.stream().anyMatch(file -> file.name().equals(name));
  }

  /** Bytes of all files. */
  public long size() {
    return files.stream().mapToLong(FileEntry::size).sum();
  }
}
