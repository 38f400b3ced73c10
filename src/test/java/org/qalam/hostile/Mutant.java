package org.qalam.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.qalam.catalog.ModelCatalog;

/** One hostile folder, made from a sound one by a format and a seed alone. */
final class Mutant {
  private final Format format;
  private final Random random;
  private final Canary canary;
  private final Map<String, byte[]> files;
  private String link = "";

  Mutant(Format format, long seed, Map<String, byte[]> sound, Canary canary) throws Exception {
    this.format = format;
    this.canary = canary;
    this.random = new Random(seed * 31 + format.name().hashCode());
    this.files = new TreeMap<>(sound);
    if (format == Format.OWN && random.nextBoolean()) {
      // With prepared files the model's own graph is not opened.
      files.keySet().removeIf(name -> name.startsWith("prepared/"));
    }
    String victim = victim();
    // A file that the user names may be a link: that is the user's own doing.
    if (random.nextInt(16) == 0 && format.source.isEmpty()) {
      link = victim;
      return;
    }
    for (int change = random.nextInt(3); change >= 0; change--) {
      byte[] was = files.get(victim);
      files.put(
          victim, random.nextInt(3) == 0 ? ByteChanges.change(was, random) : told(victim, was));
      if (random.nextInt(3) > 0) {
        break;
      }
      victim = victim();
    }
    // Whoever sends a model folder can also send a manifest that fits it.
    if (format == Format.OWN && random.nextInt(4) > 0) {
      try {
        OwnFolder.sign(files);
      } catch (IOException | RuntimeException e) {
        // The manifest itself is damaged: there is nothing to sign.
      }
    }
  }

  /** A file of the folder; the one that the format is named after more often. */
  private String victim() {
    List<String> names = new ArrayList<>(files.keySet());
    if (format == Format.RANKS) {
      return "tokenizer.model";
    }
    for (String name : files.keySet()) {
      if (name.matches(
          ".*\\.(onnx|pth|gguf|safetensors)|(genai_)?config\\.json|.*index\\.json|manifest\\.json")) {
        names.addAll(List.of(name, name, name));
      }
    }
    return names.get(random.nextInt(names.size()));
  }

  /** A change that knows the kind of file; where the file is damaged already, one that does not. */
  private byte[] told(String name, byte[] was) throws Exception {
    try {
      if (name.endsWith(".json")) {
        return JsonChanges.change(was, random, canary);
      }
      if (name.endsWith(".safetensors")) {
        return SafetensorsHeader.replaced(
            was, JsonChanges.change(SafetensorsHeader.of(was), random, canary));
      }
      if (name.endsWith(".pth")) {
        return TorchChanges.change(was, random, canary);
      }
      if (name.endsWith(".onnx")) {
        return OnnxChanges.change(was, random, canary);
      }
    } catch (IOException | RuntimeException e) {
      // Damaged by the change before.
    }
    return ByteChanges.change(was, random);
  }

  /** Writes the folder, in place of the one before. */
  void write(Path folder) throws IOException {
    ModelCatalog.deleteTree(folder);
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      if (!file.getKey().equals(link)) {
        Files.write(path, file.getValue());
        continue;
      }
      switch (random.nextInt(5)) {
        case 0 -> Files.createSymbolicLink(path, canary.secret);
        case 1 -> Files.createSymbolicLink(path, Path.of("/dev/zero"));
        case 2 -> Files.createSymbolicLink(path, Path.of("/proc/self/environ"));
        case 3 -> Files.createDirectory(path);
        default -> {} // missing
      }
    }
    if (random.nextInt(4) == 0) {
      Path named = folder.resolve("link");
      Files.createSymbolicLink(named, canary.secret);
    }
  }
}
