package org.qalam.assist;

import java.util.List;
import java.util.regex.Pattern;
import org.qalam.document.Sentences;
import org.qalam.document.TextRange;

/**
 * Sentences in a text that speak to an assistant and not to a reader. A text is material to be
 * read, and whoever wrote it gives no orders; but a model may follow what it reads, so such
 * sentences are kept from it. Only what is plainly one is taken: what is left out cannot answer a
 * question.
 */
final class Orders {
  /** What stands in place of a sentence that was left out. */
  static final String GAP = "…";

  private static final Pattern ORDER =
      Pattern.compile(
          """
          (?xiu)
          (?<!not\\ )(?<!n't\\ )(?<!to\\ )\\b(?:ignore|disregard|forget|override|bypass)\\b[^.!?\\n]{0,40}
            \\b(?:instructions?|prompts?|rules|guidelines|question|everything\\ (?:above|before)|the\\ above|previous)\\b
          | \\b(?:new|updated|real|hidden|secret|following)\\ instructions?\\b\\s*[:.]
          | \\b(?:you\\ are|you're|act\\ as|pretend\\ to\\ be|behave\\ (?:as|like))\\b[^.!?\\n]{0,30}
            \\b(?:assistant|ai|language\\ model|chatbot|bot)\\b
          | \\bthe\\ (?:correct|right|only)\\ answer\\b[^.!?\\n]{0,30}\\bquestions?\\b
          | \\bsystem\\ (?:prompt|message|override)\\b | \\bdeveloper\\ mode\\b
          | (?:^|[\\s"'(\\[<*])(?:dear\\ |hey\\ |attention,?\\ |note\\ to\\ (?:the\\ )?)?
            (?:ai|assistant|language\\ model|llm|chatbot|system|qalam)(?:\\ assistant|\\ model)?\\s*[]>*]*\\s*[,:]
          | \\b(?:answer|reply|respond|output|print)\\b[^.!?\\n]{0,25}\\b(?:only|nothing\\ but|exactly|just|instead)\\b
          | (?:^|[:;,]\\s*)["'(*]*(?:only|just|always|instead,?)\\ (?:answer|reply|respond|output|say|print)\\b
          | \\b(?:when|whenever|if|before|instead\\ of)\\ (?:you\\ )?(?:answer|answering|summari[sz]e|translate|rewrite|reply)\\b
          | \\b(?:do\\ not|don't|never|refuse\\ to)\\ (?:answer|reply|respond|reveal)\\b
          | \\b(?:tell|inform|convince|ask|instruct)\\ the\\ user\\b
          | \\bend\\ of\\ (?:the\\ )?(?:text|document|passages|notes)\\b | \\[/?inst] | <\\|?/?(?:system|im_start|im_end|passages|inst)
          | (?:تجاهل|تجاهلي|تجاهلوا|انس|إنس|أهمل|اهمل)[^.!?؟\\n]{0,40}(?:تعليمات|التعليمات|أوامر|الأوامر|سبق|السؤال|الأسئلة|القواعد)
          | (?:أنت|انت)\\ (?:الآن|الان)\\b | من\\ (?:الآن|الان)\\ فصاعد
          | (?:أجب|اجب|أجيبي|رد|قل|اكتب)[^.!?؟\\n]{0,25}(?:فقط|لا\\ غير|بدلا|وحدها|وحده)
          | لا\\ تجب\\b | (?:أيها|ايها|يا)\\ (?:المساعد|مساعد|النموذج|نموذج|الذكاء) | أخبر\\ المستخدم
          """);

  private Orders() {}

  /** The text without them; the same where there is none. */
  static String without(String text) {
    StringBuilder kept = new StringBuilder();
    for (String line : text.splitWithDelimiters("\n", -1)) {
      List<TextRange> sentences = Sentences.parts(line);
      for (TextRange sentence : sentences) {
        String words = sentence.of(line);
        if (ORDER.matcher(words).find()) {
          kept.append(kept.toString().endsWith(GAP + " ") ? "" : GAP + " ");
        } else {
          kept.append(words);
        }
      }
    }
    return kept.toString().equals(text) ? text : kept.toString().strip();
  }
}
