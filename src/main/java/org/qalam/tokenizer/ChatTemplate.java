package org.qalam.tokenizer;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.errorcategory.BasicTemplateErrorCategory;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import com.hubspot.jinjava.tree.Node;
import java.io.FileNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One chat template, rendered by Jinjava. Immutable; any thread: every rendering has an engine of
 * its own, so nothing goes from one to the next.
 *
 * <p>A template comes with a model file and so from anyone. It gets the tags, filters, functions
 * and methods that chat templates use and no others; it reads no file, calls no Java method of its
 * choice, is not given what it renders to interpret again, and stops at limits of size and time.
 */
final class ChatTemplate {
  private static final int MAX_TEMPLATE = 256 * 1024; // characters; Llama 3.2's has 3,800
  private static final int MAX_OUTPUT = 1024 * 1024; // characters beside four times the messages
  private static final int MAX_ITEMS = 10_000; // in a list or map

  /** The time that a rendering may take; honest ones take milliseconds. */
  static final Duration MAX_TIME = Duration.ofSeconds(5);

  private static final int MAX_REASON = 200; // characters of a template's own words in a sentence
  private static final String STRFTIME_NOW = "strftime_now";

  private static final Set<String> TAGS =
      Set.of("if", "elif", "else", "for", "set", "macro", "call", "raw", "do", "break", "continue");
  private static final Set<String> FUNCTIONS = Set.of(":range", ":namespace");
  private static final Set<String> FILTERS =
      Set.of(
          "abs",
          "bool",
          "capitalize",
          "count",
          "d",
          "default",
          "dictsort",
          "first",
          "float",
          "int",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "reject",
          "rejectattr",
          "replace",
          "reverse",
          "round",
          "safe",
          "select",
          "selectattr",
          "sort",
          "string",
          "sum",
          "title",
          "tojson",
          "trim",
          "unique",
          "upper");

  private final String source;
  private final String bosToken;
  private final String eosToken;
  private final Clock clock;
  private final Duration maxTime;
  private final Map<Context.Library, Set<String>> disabled;

  ChatTemplate(String source, String bosToken, String eosToken, Clock clock, Duration maxTime) {
    this.source = source;
    this.bosToken = bosToken;
    this.eosToken = eosToken;
    this.clock = clock;
    this.maxTime = maxTime;
    Context everything = new Jinjava().getGlobalContext();
    disabled =
        Map.of(
            Context.Library.TAG, allBut(TAGS, everything.getAllTags()),
            Context.Library.FILTER, allBut(FILTERS, everything.getAllFilters()),
            Context.Library.FUNCTION, allBut(FUNCTIONS, everything.getAllFunctions()));
  }

  /**
   * Renders a conversation.
   *
   * @throws ChatTemplateException when the template fails
   */
  String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    if (source.length() > MAX_TEMPLATE) {
      throw new ChatTemplateException("The model's chat template is too long to be one.");
    }
    long text = messages.stream().mapToLong(message -> message.content().length()).sum();
    Map<String, Object> bindings = new HashMap<>();
    bindings.put("messages", messages.stream().map(ChatTemplate::binding).toList());
    bindings.put("add_generation_prompt", addGenerationPrompt);
    bindings.put("bos_token", bosToken);
    bindings.put("eos_token", eosToken);
    bindings.put(STRFTIME_NOW, new Today(clock));
    Deadline deadline = new Deadline(maxTime);
    RenderResult result;
    try {
      result = engine(MAX_OUTPUT + 4 * text, deadline).renderForResult(source, bindings);
    } catch (StackOverflowError | OutOfMemoryError e) {
      // what the limits cannot foresee: values nested in one another
      throw new ChatTemplateException("The model's chat template asks for too much memory.", e);
    }
    if (deadline.isOver()) {
      throw new ChatTemplateException("The model's chat template takes too long.");
    }
    for (TemplateError error : result.getErrors()) {
      if (error.getSeverity() == TemplateError.ErrorType.FATAL
          || error.getCategory() == BasicTemplateErrorCategory.CYCLE_DETECTED) {
        throw failure(error);
      }
    }
    return result.getOutput();
  }

  private static Map<String, String> binding(ChatMessage message) {
    Map<String, String> binding = new LinkedHashMap<>();
    binding.put("role", message.role().name().toLowerCase(Locale.ROOT));
    binding.put("content", message.content());
    return binding;
  }

  private Jinjava engine(long maxOutput, Deadline deadline) {
    Jinjava jinjava =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withLegacyOverrides(
                    LegacyOverrides.newBuilder()
                        .withUsePyishObjectMapper(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .withParseWhitespaceControlStrictly(true)
                        .withDefaultKeepTrailingNewlineBehavior(true)
                        .build())
                .withDisabled(disabled)
                .withElResolver(new TemplateResolver(maxOutput))
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(maxOutput)
                .withMaxStringLength(maxOutput)
                .withMaxListSize(MAX_ITEMS)
                .withMaxMapSize(MAX_ITEMS)
                .withRangeLimit(MAX_ITEMS)
                .withMaxRenderDepth(10)
                .withEnableRecursiveMacroCalls(true)
                .withMaxMacroRecursionDepth(20)
                .withObjectMapper(pythonJson())
                .withProcessors(
                    JinjavaProcessors.newBuilder().withNodePreProcessor(deadline::check).build())
                .build());
    jinjava.setResourceLocator((name, encoding, interpreter) -> {
      throw new FileNotFoundException(name);
    });
    jinjava.registerFilter(new BoundedReplace(maxOutput));
    jinjava.registerFunction(
        new ELFunctionDefinition(
            "", "raise_exception", ChatTemplate.class, "raiseException", Object.class));
    jinjava.registerFunction(
        new ELFunctionDefinition(
            "", STRFTIME_NOW, ChatTemplate.class, "strftimeNow", String.class));
    return jinjava;
  }

  private static Set<String> allBut(Set<String> allowed, Collection<? extends Importable> all) {
    return all.stream()
        .map(Importable::getName)
        .filter(name -> !allowed.contains(name) && !name.startsWith("end"))
        .collect(Collectors.toSet());
  }

  /** Writes JSON as Python's json.dumps does, a space after each colon and comma. */
  private static ObjectMapper pythonJson() {
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEntrySpacing(Separators.Spacing.AFTER)
            .withArrayValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
    printer.indentObjectsWith(DefaultPrettyPrinter.NopIndenter.instance);
    printer.indentArraysWith(DefaultPrettyPrinter.NopIndenter.instance);
    return new ObjectMapper()
        .setDefaultPrettyPrinter(printer)
        .enable(SerializationFeature.INDENT_OUTPUT);
  }

  private static ChatTemplateException failure(TemplateError error) {
    Throwable cause = error.getException();
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof ChatTemplateException refusal) {
        return refusal;
      }
    }
    String reason = error.getMessage() == null ? "" : error.getMessage();
    if (error.getReason() == TemplateError.ErrorReason.DISABLED) {
      String name = String.valueOf(error.getFieldName()).replaceFirst("^\\w*:", "");
      reason = "it uses '" + name + "', which Qalam does not let templates have";
    }
    reason = reason.replaceFirst("^([\\w.]+(Exception|Error): )+", "");
    reason = reason.replaceAll("\\s+", " ").strip();
    if (reason.length() > MAX_REASON) {
      reason = reason.substring(0, MAX_REASON) + "…";
    }
    String line = error.getLineno() > 0 ? " in line " + error.getLineno() : "";
    return new ChatTemplateException(
        "The model's chat template fails" + line + ": " + reason, cause);
  }

  /** What templates call to refuse a conversation. */
  static Object raiseException(Object message) {
    throw new ChatTemplateException(
        "The model's chat template refuses this conversation: " + message);
  }

  /** Today's date in C's notation, such as {@code %d %b %Y}. */
  static String strftimeNow(String format) {
    Object today = JinjavaInterpreter.getCurrent().getContext().get(STRFTIME_NOW);
    if (!(today instanceof Today now)) {
      throw new ChatTemplateException("The model's chat template hides the date from itself.");
    }
    return StrftimeFormatter.format(ZonedDateTime.now(now.clock()), format, Locale.ENGLISH);
  }

  /**
   * Where the date comes from. Templates ask whether {@code strftime_now} is defined, so it is a
   * value as well as a function.
   */
  private record Today(Clock clock) {
    @Override
    public String toString() {
      return STRFTIME_NOW;
    }
  }

  /** Stops a rendering that goes on and on; asked before each node of the template. */
  private static final class Deadline {
    private final long end;
    private boolean over;

    Deadline(Duration time) {
      end = System.nanoTime() + time.toNanos();
    }

    void check(Node node, JinjavaInterpreter interpreter) {
      if (System.nanoTime() - end > 0) {
        over = true;
        throw new InterpretException("too slow", node.getLineNumber(), node.getStartPosition());
      }
    }

    boolean isOver() {
      return over;
    }
  }
}
