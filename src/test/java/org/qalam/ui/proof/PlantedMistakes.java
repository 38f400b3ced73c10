package org.qalam.ui.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.document.TextRange;
import org.qalam.proof.Checker;
import org.qalam.proof.Remark;

/**
 * Knows some mistakes and waits where it is told to: {@code teh}, {@code كتاپ} and names are
 * misspelt, {@code he have} is wrong, {@code very unique} could be better.
 */
public final class PlantedMistakes implements Checker {
  private static final Pattern MISTAKES =
      Pattern.compile("\\b(?:teh|Qalam|Kalam)\\b|كتاپ|he have|very unique");

  /** Paragraphs in the order in which they were checked. */
  public final List<String> checked = new ArrayList<>();

  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** The next paragraph has to wait. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  /** Waiting is over. */
  public void letGo() {
    gate.countDown();
  }

  @Override
  public boolean knows(String language) {
    return language.equals("en") || language.equals("ar");
  }

  @Override
  public List<Remark> check(String paragraph, String language) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    synchronized (checked) {
      checked.add(paragraph);
    }
    List<Remark> remarks = new ArrayList<>();
    Matcher mistake = MISTAKES.matcher(paragraph);
    while (mistake.find()) {
      Remark.Kind kind =
          switch (mistake.group()) {
            case "he have" -> Remark.Kind.GRAMMAR;
            case "very unique" -> Remark.Kind.STYLE;
            default -> Remark.Kind.SPELLING;
          };
      remarks.add(
          new Remark(
              new TextRange(mistake.start(), mistake.end()),
              kind,
              "RULE_" + kind,
              "The rule for " + kind,
              "This may be wrong."));
    }
    return remarks;
  }

  @Override
  public List<String> suggestions(String paragraph, String language, Remark remark) {
    return switch (remark.range().of(paragraph)) {
      case "teh" -> List.of("the", "ten");
      case "he have" -> List.of("he has");
      default -> List.of();
    };
  }
}
