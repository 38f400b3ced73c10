package org.qalam.assist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.qalam.assist.Finding.Check;

/** Checks a cleaned answer with plain code, for any model. */
final class AnswerChecks {
  private static final Pattern CHATTER =
      Pattern.compile(
          "(?i)(?:\\bhere(?:'s|’s| is) (?:the|your|a|an)"
              + " (?:corrected|revised|rewritten|edited|summary|improved|version|text)|\\bas an"
              + " ai\\b|\\bi am an ai\\b|\\blanguage model\\b|\\bplease provide"
              + " (?:me|the|a)\\b|\\blet me know if\\b|\\bi'?d be happy to\\b|إليك النص|كنموذج"
              + " لغوي)");

  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?i)\\A\\W*(?:i(?:'m| am) sorry|sorry, (?:but )?i|i (?:cannot|can't|can’t|am unable"
              + " to|won't)|unfortunately, i|i apologize|عذر|آسف|أعتذر|لا أستطيع|لا يمكنني)");

  /** A passage of so many letters that comes at least three times in a row is a loop. */
  private static final Pattern LOOP = Pattern.compile("(?s)(.{12,200}?)\\1{2,}");

  private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}]+");

  private AnswerChecks() {}

  /** All that is wrong with an answer to a piece. */
  static List<Finding> check(Recipe recipe, String piece, String answer, boolean cutOff) {
    List<Finding> findings = new ArrayList<>();
    if (answer.isBlank()) {
      return List.of(new Finding(Check.EMPTY, ""));
    }
    if (answer.contains("<think>") || answer.contains("</think>")) {
      findings.add(new Finding(Check.THINKING, ""));
    }
    if (REFUSAL.matcher(answer).find() && !REFUSAL.matcher(piece).find()) {
      findings.add(new Finding(Check.REFUSAL, ""));
    } else if (CHATTER.matcher(answer).find() && !CHATTER.matcher(piece).find()) {
      findings.add(new Finding(Check.CHATTER, ""));
    }
    if (isLoop(answer) && !isLoop(piece)) {
      findings.add(new Finding(Check.REPETITION, ""));
    } else if (cutOff) {
      findings.add(new Finding(Check.CUT_OFF, ""));
    }
    language(recipe, piece, answer).ifPresent(findings::add);
    int length = answer.length();
    int longest = (int) (piece.length() * recipe.longest()) + recipe.room();
    int shortest = (int) (piece.length() * recipe.shortest());
    if (length > longest) {
      findings.add(new Finding(Check.TOO_LONG, percent(length, piece.length())));
    } else if (length < shortest) {
      findings.add(new Finding(Check.TOO_SHORT, percent(length, piece.length())));
    }
    if (recipe.keepsWords() && kept(piece, answer) < 0.5) {
      findings.add(new Finding(Check.ANSWERED_INSTEAD, ""));
    } else if (!recipe.keepsWords()
        && recipe.action().result() == Action.Result.REPLACE
        && isQuestion(piece)
        && !isQuestion(answer)
        && kept(piece, answer) < 0.2) {
      findings.add(new Finding(Check.ANSWERED_INSTEAD, ""));
    }
    return findings;
  }

  private static Optional<Finding> language(Recipe recipe, String piece, String answer) {
    if (recipe.action().needsInstruction()) {
      return Optional.empty(); // "Translate this" is a fair instruction.
    }
    Optional<String> before = Languages.of(piece);
    Optional<String> after = Languages.of(answer);
    boolean differs;
    if (before.isPresent() && after.isPresent()) {
      differs = !before.get().equals(after.get());
    } else {
      differs = before.isPresent() && !Languages.isLatin(piece) && Languages.isLatin(answer);
    }
    return differs
        ? Optional.of(
            new Finding(
                Check.LANGUAGE,
                Languages.name(before.get()) + " → " + after.map(Languages::name).orElse("?")))
        : Optional.empty();
  }

  /** Whether a text, whole or still growing, goes round in circles. */
  static boolean isLoop(String text) {
    String end = text.length() > 1200 ? text.substring(text.length() - 1200) : text;
    return LOOP.matcher(end).find();
  }

  /** Share of the piece's words that are in the answer too, each as often as it is there. */
  static double kept(String piece, String answer) {
    Map<String, Integer> there = new HashMap<>();
    String[] words = words(answer);
    for (String word : words) {
      there.merge(word, 1, Integer::sum);
    }
    int all = 0;
    int kept = 0;
    for (String word : words(piece)) {
      if (word.isEmpty()) {
        continue;
      }
      all++;
      if (there.merge(word, -1, Integer::sum) >= 0) {
        kept++;
      }
    }
    return all == 0 ? 1 : (double) kept / all;
  }

  private static String[] words(String text) {
    return WORD.split(text.toLowerCase(Locale.ROOT), -1);
  }

  private static boolean isQuestion(String text) {
    String end = text.strip();
    return end.endsWith("?") || end.endsWith("؟");
  }

  private static String percent(int length, int original) {
    return original == 0 ? "" : Math.round(100.0 * length / original) + " %";
  }
}
