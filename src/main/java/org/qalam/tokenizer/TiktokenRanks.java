package org.qalam.tokenizer;

import static org.qalam.tokenizer.TokenizerException.quoted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tokenizer.model} as Llama 3 has it: a line for each token, its bytes in base 64 and
 * its rank, which is its id (the file of OpenAI's tiktoken).
 *
 * <p>The file has no merges. Tiktoken joins whichever two neighbours make the token of lowest rank;
 * other tokenizers, and this package's, have a list of pairs. Both do the same where the list has,
 * for each token, the two parts that tiktoken's own procedure joins last when it is given that
 * token's bytes: what happens between two places where tokens meet does not depend on what stands
 * outside them, so no other two parts can ever become that token. Where the procedure ends with
 * more than one part, the token is in no merge, and is found only as a whole piece.
 */
public final class TiktokenRanks {
  /** Name of the file in a folder of Meta's. */
  public static final String FILE = "tokenizer.model";

  private static final long MAX_BYTES = 1L << 25; // Llama 3's has 2.2 MB
  private static final int MAX_TOKEN_BYTES = 256; // Llama 3's longest has 128
  private static final int NONE = Integer.MAX_VALUE;

  /**
   * Names of Llama 3.2's special tokens; those that are reserved have numbers, and stand between.
   */
  private static final List<String> NAMED =
      List.of(
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eom_id|>",
          "<|eot_id|>",
          "<|python_tag|>");

  private static final int SPECIALS = 256;
  private static final int SPELLINGS = 0x100 + 68; // characters that ByteSpelling uses

  private final List<String> tokens = new ArrayList<>(); // by rank, in GPT-2's spelling
  private final Map<String, Integer> ranks = HashMap.newHashMap(1 << 17);
  private final int[] ranksOfTwo = new int[SPELLINGS * SPELLINGS]; // half of all look-ups

  private TiktokenRanks() {
    Arrays.fill(ranksOfTwo, NONE);
  }

  /**
   * Reads a file. The special tokens, which it does not list, are Llama 3.2's: 256 after the ranks,
   * or, where the model has fewer rows than that, as small test models do, the seven that mean
   * something, as far as there are rows.
   *
   * @param vocabularySize rows of the model's embedding
   * @throws TokenizerException when it cannot be read, is damaged, is of another kind, or has more
   *     tokens than the model has rows; the sentence begins with the file's name
   */
  public static Vocabulary read(Path file, int vocabularySize) throws TokenizerException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TokenizerException("the file is too large for a list of tokens");
      }
      return new TiktokenRanks().vocabulary(Files.readAllBytes(file), vocabularySize);
    } catch (IOException e) {
      throw new TokenizerException(file.getFileName() + ": the file cannot be read", e);
    } catch (TokenizerException e) {
      throw new TokenizerException(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private Vocabulary vocabulary(byte[] file, int vocabularySize) throws TokenizerException {
    if (isSentencePiece(file)) {
      throw new TokenizerException(
          "this is a SentencePiece tokenizer, as Llama 2 has; Qalam reads Llama 3's list of"
              + " tokens");
    }
    readLines(file);
    int rows = vocabularySize - tokens.size();
    if (rows < 0) {
      throw new TokenizerException(
          "it has "
              + tokens.size()
              + " tokens, and the model has rows for "
              + vocabularySize
              + "; the two files are of different models");
    }
    List<Vocabulary.Merge> merges = merges();
    Set<Integer> special = new TreeSet<>();
    for (String name : specials(rows)) {
      special.add(tokens.size());
      tokens.add(name);
    }
    return Vocabulary.of(tokens, merges, special, special, SplitPattern.LLAMA_3, true);
  }

  /** The special tokens in order of their ids, not more than {@code rows}. */
  static List<String> specials(int rows) {
    if (rows < SPECIALS) {
      return NAMED.subList(0, Math.min(rows, NAMED.size()));
    }
    List<String> names = new ArrayList<>(NAMED);
    int reserved = 0;
    for (int id = 2; id <= 5; id++) {
      boolean padding = id == 4;
      names.add(
          id,
          padding ? "<|finetune_right_pad_id|>" : "<|reserved_special_token_" + reserved + "|>");
      reserved += padding ? 0 : 1;
    }
    while (names.size() < SPECIALS) {
      names.add("<|reserved_special_token_" + reserved++ + "|>");
    }
    return names;
  }

  /** A protocol buffer whose first field is a piece, whose first field is a text. */
  private static boolean isSentencePiece(byte[] file) {
    return file.length >= 4
        && file[0] == 0x0A
        && file[2] == 0x0A
        && file[1] > 2
        && file[3] <= file[1] - 2
        && file[3] > 0
        && new String(file, 0, Math.min(file.length, 200), StandardCharsets.ISO_8859_1)
            .contains("<unk>");
  }

  private void readLines(byte[] file) throws TokenizerException {
    int number = 0;
    for (int start = 0; start < file.length; ) {
      int end = start;
      while (end < file.length && file[end] != '\n') {
        end++;
      }
      number++;
      int length = end > start && file[end - 1] == '\r' ? end - 1 - start : end - start;
      if (length > 0) {
        readLine(new String(file, start, length, StandardCharsets.ISO_8859_1), number);
      }
      start = end + 1;
    }
    for (int rank = 0; rank < tokens.size(); rank++) {
      if (tokens.get(rank).isEmpty()) {
        throw new TokenizerException("there is no token of rank " + rank);
      }
    }
    for (int b = 0; b < 256; b++) {
      if (!ranks.containsKey(String.valueOf(ByteSpelling.charOf(b)))) {
        throw new TokenizerException("it has no token for the byte " + b);
      }
    }
  }

  private void readLine(String line, int number) throws TokenizerException {
    int space = line.indexOf(' ');
    byte[] bytes = space < 0 ? null : bytes(line.substring(0, space));
    int rank = space < 0 ? -1 : rank(line.substring(space + 1));
    if (bytes == null || rank < 0) {
      throw new TokenizerException(
          "line " + number + " is not a token in base 64 and its rank: " + quoted(line));
    }
    if (bytes.length == 0 || bytes.length > MAX_TOKEN_BYTES) {
      throw new TokenizerException("line " + number + " has a token of " + bytes.length + " bytes");
    }
    while (tokens.size() <= rank) {
      tokens.add("");
    }
    String token = ByteSpelling.spell(bytes, bytes.length);
    if (bytes.length == 2) {
      ranksOfTwo[token.charAt(0) * SPELLINGS + token.charAt(1)] = rank;
    }
    Integer earlier = ranks.put(token, rank);
    if (earlier != null || !tokens.set(rank, token).isEmpty()) {
      throw new TokenizerException(
          "line " + number + " gives a token or a rank that another line has given");
    }
  }

  private static byte @Nullable [] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The number, or -1. */
  private static int rank(String digits) {
    if (digits.isEmpty() || digits.length() > 7) {
      return -1;
    }
    int rank = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      rank = 10 * rank + digit - '0';
    }
    return rank < Vocabulary.MAX_TOKENS ? rank : -1;
  }

  /** For each token that has one, in order of rank: the two parts that make it. */
  private List<Vocabulary.Merge> merges() {
    List<Vocabulary.Merge> merges = new ArrayList<>(tokens.size());
    int[] starts = new int[MAX_TOKEN_BYTES + 1];
    int[] joined = new int[MAX_TOKEN_BYTES];
    for (String token : tokens) {
      int split = lastSplit(token, starts, joined);
      if (split > 0) {
        merges.add(new Vocabulary.Merge(token.substring(0, split), token.substring(split)));
      }
    }
    return merges;
  }

  /**
   * Where the last two parts meet when tiktoken's procedure joins a token's bytes; 0 where it ends
   * with more than one part, or there is only one byte.
   *
   * @param starts scratch: where each part starts, then the end
   * @param joined scratch: rank of each part with the next
   */
  private int lastSplit(String token, int[] starts, int[] joined) {
    int parts = token.length();
    for (int i = 0; i <= parts; i++) {
      starts[i] = i;
    }
    for (int i = 0; i + 1 < parts; i++) {
      joined[i] = joinedRank(token, starts, i);
    }
    while (parts > 2) {
      int best = 0;
      for (int i = 1; i + 1 < parts; i++) {
        if (joined[i] < joined[best]) {
          best = i;
        }
      }
      if (joined[best] == NONE) {
        return 0;
      }
      System.arraycopy(starts, best + 2, starts, best + 1, parts - best - 1);
      parts--;
      if (best + 1 < parts) {
        System.arraycopy(joined, best + 2, joined, best + 1, parts - best - 2);
        joined[best] = joinedRank(token, starts, best);
      }
      if (best > 0) {
        joined[best - 1] = joinedRank(token, starts, best - 1);
      }
    }
    return parts == 2 ? starts[1] : 0;
  }

  private int joinedRank(String token, int[] starts, int part) {
    int start = starts[part];
    int end = starts[part + 2];
    return end - start == 2
        ? ranksOfTwo[token.charAt(start) * SPELLINGS + token.charAt(start + 1)]
        : ranks.getOrDefault(token.substring(start, end), NONE);
  }
}
