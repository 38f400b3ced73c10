package org.qalam.tokenizer;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/**
 * A prompt encoder with a chat template in Jinja, as model makers write them for Hugging Face's
 * library. The template writes the token that begins a text where it wants one; none is added.
 *
 * <p>A model without a template gets ChatML where its vocabulary has {@code <|im_start|>}, else the
 * messages as plain text, each after its speaker's name and a colon.
 */
public final class JinjaPromptEncoder implements PromptEncoder {
  private static final String CHAT_ML =
      """
      {% for message in messages %}\
      {{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}\
      {% endfor %}\
      {% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}\
      """;

  private static final String PLAIN =
      """
      {{ bos_token }}\
      {% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\\n\\n' }}\
      {% endfor %}\
      {% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}\
      """;

  private final ChatTemplate template;
  private final MessageGuard guard;

  /**
   * An encoder that tells the template today's date where it asks.
   *
   * @param template Jinja source; empty where the model has none
   * @param bosToken spelling of the token that begins a text; empty where there is none
   * @param eosToken spelling of the token that ends one; empty where there is none
   */
  public JinjaPromptEncoder(
      String template, Tokenizer tokenizer, String bosToken, String eosToken) {
    this(template, tokenizer, bosToken, eosToken, Clock.system(ZoneId.systemDefault()));
  }

  JinjaPromptEncoder(
      String template, Tokenizer tokenizer, String bosToken, String eosToken, Clock clock) {
    guard = new MessageGuard(tokenizer);
    String source = template;
    if (template.isBlank()) {
      source = tokenizer.id("<|im_start|>").isPresent() ? CHAT_ML : PLAIN;
    }
    this.template = new ChatTemplate(source, bosToken, eosToken, clock, ChatTemplate.MAX_TIME);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ChatTemplateException when the template fails
   */
  @Override
  public String render(List<ChatMessage> messages) {
    return render(messages, true);
  }

  /** As above; without the prompt for an answer, what was said so far. */
  String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    return guard.clear(render(messages, addGenerationPrompt, guard::clear));
  }

  /**
   * {@inheritDoc}
   *
   * @throws ChatTemplateException when the template fails
   */
  @Override
  public int[] encode(List<ChatMessage> messages) {
    return encode(messages, true);
  }

  int[] encode(List<ChatMessage> messages, boolean addGenerationPrompt) {
    return guard.encode(render(messages, addGenerationPrompt, guard::guard));
  }

  private String render(
      List<ChatMessage> messages, boolean addGenerationPrompt, Function<String, String> prepare) {
    return template.render(
        messages.stream()
            .map(message -> new ChatMessage(message.role(), prepare.apply(message.content())))
            .toList(),
        addGenerationPrompt);
  }
}
