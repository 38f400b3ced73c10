package org.qalam.assist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The actions that come with the program: one Markdown file each in {@code actions/} (see {@link
 * ActionFile}), named in {@code actions/index}.
 */
final class Recipes {
  private Recipes() {}

  /** All recipes in the panel's order. */
  static List<Recipe> load() {
    List<Recipe> recipes = new ArrayList<>();
    for (String id : ids()) {
      recipes.add(parse(id, text(id)));
    }
    return List.copyOf(recipes);
  }

  /** How questions about a text are answered; it is no action of the panel's. */
  static Recipe ask() {
    return parse("ask", read("ask.md"));
  }

  /** The ids of all, in the same order. */
  static List<String> ids() {
    return read("index").lines().map(String::strip).filter(id -> !id.isEmpty()).toList();
  }

  /** The file of an action of the program's. */
  static String text(String id) {
    return read(id + ".md");
  }

  private static String read(String name) {
    try (InputStream in = Recipes.class.getResourceAsStream("actions/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program's file actions/" + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An action of the program's. */
  static Recipe parse(String id, String file) {
    return ActionFile.read(id, file, false);
  }
}
