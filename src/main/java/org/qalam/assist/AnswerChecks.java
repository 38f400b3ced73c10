package org.qalam.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.assist.Finding.Check;

/** Checks a cleaned answer with plain code, for any model. */
final class AnswerChecks {
  private static final Pattern CHATTER =
      Pattern.compile(
          "(?i)(?:\\bhere(?:'s|’s| is) (?:the|your|a|an)"
              + " (?:corrected|revised|rewritten|edited|summary|improved|version|text)|\\bas an"
              + " ai\\b|\\bi am an ai\\b|\\blanguage model\\b|\\bplease provide (?:me with"
              + " )?(?:the|a|your|some|more) (?:text|sentence|passage|paragraph|context)|\\blet me"
              + " know if (?:you(?:['’]d| would)? (?:need|like|want|have) )?(?:any(?:thing|"
              + " (?:further|other|more|additional|questions))|further|more)\\b|\\bi['’]?d be happy"
              + " to (?:help|assist)\\b|إليك النص|كنموذج لغوي)");

  /** "I can't help with that"; what is refused must be the model's work, not the writer's. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?i)\\A\\W*(?:i(?:'m|’m| am) sorry|sorry, (?:but )?i|i (?:cannot|can't|can’t|am unable"
              + " to|am not able to|won't|won’t)|unfortunately, i|i"
              + " apologize|عذر|آسف|أعتذر|لا أستطيع|لا"
              + " يمكنني)[^.!?؟\\n]{0,60}?(?:\\b(?<work>assist|help|fulfil|comply|(?:rewrite|write"
              + "|correct|edit|proofread|summari[sz]e|translate|continue|complete|provide|answer"
              + "|generate|create|do)(?= (?:this|that|it\\b|your|any|an?|the"
              + " (?:text|request|task))))|\\ban ai\\b|\\blanguage model"
              + "|مساعد|تلبية|الإجابة|تصحيح|كتابة|تقديم)");

  /** A passage of so many letters that comes at least three times in a row is a loop. */
  private static final Pattern LOOP = Pattern.compile("(?s)(.{12,200}?)\\1{2,}");

  private static final Pattern NUMBERS = Pattern.compile("\\p{Nd}+");

  /** What draws the lines of a table, and the spaces that make its columns even. */
  private static final Pattern RULE = Pattern.compile("(?<!-)-{2,150}(?!-)|(?<! ) {2,150}(?! )");

  private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}]+");

  /** What tells of a text need not be longer for one of more characters than this. */
  private static final int LONG = 8_000;

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
    if (refuses(piece, answer)) {
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
    boolean isBeside = recipe.action().result() == Action.Result.PANEL;
    int weighed = isBeside ? Math.min(piece.length(), LONG) : piece.length();
    int shortest = (int) (weighed * recipe.shortest());
    if (length > longest) {
      findings.add(new Finding(Check.TOO_LONG, percent(length, piece.length())));
    } else if (length < shortest) {
      findings.add(new Finding(Check.TOO_SHORT, percent(length, piece.length())));
    } else if (recipe.keepsWords()
        && (kept(piece, answer) < 0.5 || !Fidelity.isCorrection(piece, answer))) {
      findings.add(new Finding(Check.ANSWERED_INSTEAD, ""));
    } else if (!recipe.keepsWords()
        && recipe.action().result() == Action.Result.REPLACE
        && (Fidelity.recall(piece, answer) < LEAST_RECALL
            || (isQuestion(piece) && !isQuestion(answer) && kept(piece, answer) < 0.2))
        && recipe.keepsSense()) {
      findings.add(new Finding(Check.ANSWERED_INSTEAD, ""));
    } else if (!recipe.keepsWords()) {
      added(recipe, piece, answer).ifPresent(findings::add);
    }
    return findings;
  }

  /**
   * Share of the words that a rewritten text keeps at least; friendly and formal ones keep more.
   */
  private static final double LEAST_RECALL = 0.25;

  /** Share of the words of a rewritten text that come from the text at least. */
  static final double LEAST_PRECISION = 0.4;

  /** The same for summaries and lists of points, whose words are the text's. */
  static final double LEAST_SUMMARY_PRECISION = 0.5;

  /** Whether the answer says things that the text does not say. */
  private static Optional<Finding> added(Recipe recipe, String piece, String answer) {
    boolean translates = !recipe.target().isEmpty();
    if ((!recipe.keepsSense() && !translates) || recipe.action().result() == Action.Result.INSERT) {
      return Optional.empty();
    }
    // Another language may have other digits.
    List<String> madeUp =
        translates
            ? Fidelity.madeUp(GuardedText.inDigits(piece), GuardedText.inDigits(answer))
            : Fidelity.madeUp(piece, answer);
    if (!madeUp.isEmpty()) {
      return Optional.of(
          new Finding(
              Check.ADDED, String.join(", ", madeUp.subList(0, Math.min(3, madeUp.size())))));
    }
    return recipe.keepsSense() && Fidelity.precision(piece, answer) < recipe.fromText()
        ? Optional.of(new Finding(Check.ADDED, ""))
        : Optional.empty();
  }

  private static boolean refuses(String piece, String answer) {
    Matcher refusal = REFUSAL.matcher(answer);
    if (!refusal.find() || REFUSAL.matcher(piece).find()) {
      return false;
    }
    String work = refusal.group("work");
    return work == null || !piece.toLowerCase(Locale.ROOT).contains(work.toLowerCase(Locale.ROOT));
  }

  private static Optional<Finding> language(Recipe recipe, String piece, String answer) {
    if (recipe.action().needsInstruction()) {
      return Optional.empty(); // "Translate this" is a fair instruction.
    }
    if (!recipe.target().isEmpty()) {
      return translation(recipe.target(), answer);
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

  /** Whether an answer is in another language than the one that was chosen. */
  private static Optional<Finding> translation(String target, String answer) {
    Optional<String> after = Languages.of(answer);
    return after.isPresent() && Languages.isTold(target) && !after.get().equals(target)
        ? Optional.of(
            new Finding(
                Check.LANGUAGE, Languages.name(after.get()) + " ≠ " + Languages.name(target)))
        : Optional.empty();
  }

  /** Whether a text, whole or still growing, goes round in circles. */
  static boolean isLoop(String text) {
    String end = text.length() > 1200 ? text.substring(text.length() - 1200) : text;
    // A list goes round in circles although its numbers go on; the rule of a table does not.
    String plain = RULE.matcher(NUMBERS.matcher(end).replaceAll("")).replaceAll("-");
    return LOOP.matcher(plain).find();
  }

  /**
   * Share of the piece's words that are in the answer too, each as often as it is there. A third of
   * a word's letters may differ: they are what a correction changes, most of all in Arabic.
   */
  static double kept(String piece, String answer) {
    List<String> there = words(answer);
    List<String> changed = new ArrayList<>();
    List<String> all = words(piece);
    for (String word : all) {
      if (!there.remove(word)) {
        changed.add(word);
      }
    }
    int kept = all.size() - changed.size();
    for (String word : changed) {
      for (String other : there) {
        if (Likeness.distance(word, other) <= Math.max(word.length(), other.length()) / 3) {
          there.remove(other);
          kept++;
          break;
        }
      }
    }
    return all.isEmpty() ? 1 : (double) kept / all.size();
  }

  /** The words of a text, in a list that may be changed. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static boolean isQuestion(String text) {
    String end = text.strip();
    return end.endsWith("?") || end.endsWith("؟");
  }

  private static String percent(int length, int original) {
    return original == 0 ? "" : Math.round(100.0 * length / original) + " %";
  }
}
