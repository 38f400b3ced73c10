package org.qalam.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelFolder;
import org.qalam.tokenizer.BytePairTokenizer;
import org.qalam.tokenizer.Tokenizer;
import org.qalam.tokenizer.TokenizerJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam tokenize}: the token ids of a text. */
@Command(name = "tokenize", description = "Gives the token ids of a text from standard input.")
public final class TokenizeCommand implements Callable<Integer> {
  private final Services services;
  private final InputStream in;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The model whose tokenizer is used.")
  private String id = "";

  @Option(names = "--json", description = "Answer as JSON (the only form).")
  @SuppressWarnings("UnusedVariable") // the answer is JSON with or without it
  private boolean json;

  @Option(
      names = "--special",
      description = "Spellings of special tokens, such as <|im_end|>, become those tokens.")
  private boolean special;

  /**
   * @param in where the text comes from, in UTF-8
   */
  public TokenizeCommand(Services services, InputStream in) {
    this.services = services;
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    InstalledModel model = services.catalog().require(id);
    Tokenizer tokenizer =
        new BytePairTokenizer(
            TokenizerJson.read(model.folder().resolve(ModelFolder.TOKENIZER_FILE)));
    String text = readText(in);
    int[] ids = special ? tokenizer.encodeWithSpecial(text) : tokenizer.encode(text);
    Json.print(spec.commandLine().getOut(), Map.of("ids", Arrays.stream(ids).boxed().toList()));
    return 0;
  }

  static String readText(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
