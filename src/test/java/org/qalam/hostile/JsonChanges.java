package org.qalam.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes of what a JSON file says. */
final class JsonChanges {
  private static final Pattern VALUE =
      Pattern.compile(
          ":\\s*(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|-?[0-9][0-9.eE+-]*|true|false|null)");
  private static final Pattern MEMBER =
      Pattern.compile(
          "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"\\s*:\\s*(?:\"[^\"\\\\]*\"|-?[0-9.]+|true|false|null)");
  private static final List<String> ODD =
      List.of(
          "1e400",
          "-1e400",
          "-1",
          "0",
          "99999999999999999999",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "1.5",
          "1e-300",
          "\"text\"",
          "\"7\"",
          "null",
          "[]",
          "{}",
          "true",
          "false",
          "NaN",
          "[1,2,3]",
          "{\"a\":1}",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "4096");

  private JsonChanges() {}

  static byte[] change(byte[] sound, Random random, Canary canary) {
    String text = new String(sound, StandardCharsets.UTF_8);
    List<MatchResult> values = VALUE.matcher(text).results().toList();
    for (int i = random.nextInt(3); i >= 0 && !values.isEmpty(); i--) {
      MatchResult value = values.get(random.nextInt(values.size()));
      text =
          text.substring(0, value.start(1))
              + odd(random, canary, text.substring(value.start(1), value.end(1)))
              + text.substring(value.end(1));
      values = text.length() > 150_000 ? List.of() : VALUE.matcher(text).results().toList();
    }
    List<MatchResult> members =
        new ArrayList<>(MEMBER.matcher(text).results().limit(5000).toList());
    if (random.nextInt(5) == 0 && !members.isEmpty()) {
      MatchResult member = members.get(random.nextInt(members.size()));
      text = text.substring(0, member.end()) + "," + member.group() + text.substring(member.end());
    }
    if (random.nextInt(20) == 0) {
      text = "[".repeat(100_000) + text + "]".repeat(100_000);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String odd(Random random, Canary canary, String was) {
    return switch (random.nextInt(10)) {
      case 0 -> "[".repeat(100_000) + "]".repeat(100_000);
      case 1 -> "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
      case 2 -> "\"" + "x".repeat(1 << random.nextInt(22)) + "\"";
      case 3, 4 -> "\"" + path(random, canary) + "\"";
      case 5 ->
          was.startsWith("\"") ? "\"{% for i in range(10000000) %}" + was.substring(1) : "1" + was;
      default -> ODD.get(random.nextInt(ODD.size()));
    };
  }

  /** A path that leads out of the model's folder. */
  static String path(Random random, Canary canary) {
    String name = canary.secret.getFileName().toString();
    List<String> paths =
        List.of(
            "../" + name,
            "../../" + name,
            "onnx/../../" + name,
            canary.secret.toString(),
            "/proc/self/environ",
            "/dev/zero",
            "C:/" + name,
            "file://" + canary.secret,
            "link",
            "../../../../../../etc/passwd",
            ".",
            "..",
            "",
            "/",
            "NUL",
            "manifest.json");
    return paths.get(random.nextInt(paths.size()));
  }
}
