package org.qalam.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BERT's way from a text to ids: small letters without accents, cut at white space and around
 * signs, and each word into the longest pieces that the vocabulary has. What a text has never
 * becomes a special token. Any thread.
 */
public final class WordPieceTokenizer {
  private static final String CONTINUED = "##";

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  private final int begin;
  private final int end;
  private final int longestWord; // in code points

  private WordPieceTokenizer(Map<String, Integer> vocabulary, int longestWord)
      throws TokenizerException {
    this.vocabulary = vocabulary;
    this.longestWord = longestWord;
    this.unknown = id("[UNK]");
    this.begin = id("[CLS]");
    this.end = id("[SEP]");
  }

  private int id(String token) throws TokenizerException {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new TokenizerException("the vocabulary has no " + token);
    }
    return id;
  }

  /**
   * Reads a {@code tokenizer.json} of BERT's kind.
   *
   * @throws TokenizerException where it is of another kind or damaged
   */
  public static WordPieceTokenizer read(InputStream json) throws TokenizerException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new TokenizerException("tokenizer.json cannot be read: " + e.getMessage(), e);
    }
    JsonNode model = root.path("model");
    JsonNode normalizer = root.path("normalizer");
    boolean isKnown =
        model.path("type").asText().equals("WordPiece")
            && model.path("continuing_subword_prefix").asText().equals(CONTINUED)
            && model.path("unk_token").asText().equals("[UNK]")
            && normalizer.path("type").asText().equals("BertNormalizer")
            && normalizer.path("clean_text").asBoolean()
            && normalizer.path("handle_chinese_chars").asBoolean()
            && normalizer.path("lowercase").asBoolean()
            && normalizer.path("strip_accents").asBoolean(true)
            && root.path("pre_tokenizer").path("type").asText().equals("BertPreTokenizer");
    if (!isKnown) {
      throw new TokenizerException("tokenizer.json: expected BERT's, in small letters");
    }
    Map<String, Integer> vocabulary = new HashMap<>();
    model
        .path("vocab")
        .properties()
        .forEach(each -> vocabulary.put(each.getKey(), each.getValue().asInt()));
    return new WordPieceTokenizer(
        Map.copyOf(vocabulary), model.path("max_input_chars_per_word").asInt(100));
  }

  /**
   * The ids of a text between the two that begin and end it.
   *
   * @param most ids, those two among them; what is more is left out
   */
  public int[] encode(String text, int most) {
    IdBuffer ids = new IdBuffer();
    ids.add(begin);
    for (String word : words(normalized(text))) {
      if (ids.size() >= most) {
        break;
      }
      pieces(word, ids);
    }
    int[] all = ids.toArray();
    int length = Math.min(all.length, most - 1);
    int[] ended = Arrays.copyOf(all, length + 1);
    ended[length] = end;
    return ended;
  }

  private static String normalized(String text) {
    StringBuilder clean = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          // A form feed and the like are no white space here: they are left out.
          boolean isBreak = c == '\t' || c == '\n' || c == '\r';
          if (isBreak || Character.isSpaceChar(c)) {
            clean.append(' ');
          } else if (isIdeograph(c)) {
            clean.append(' ').appendCodePoint(c).append(' ');
          } else if (c != 0xfffd && !isOther(c)) {
            clean.appendCodePoint(c);
          }
        });
    StringBuilder plain = new StringBuilder(clean.length());
    Normalizer.normalize(clean, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .map(Character::toLowerCase)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Words, and signs alone. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      boolean isSign = isSign(c);
      if (isSign || c == ' ') {
        if (from < at) {
          words.add(text.substring(from, at));
        }
        if (isSign) {
          words.add(text.substring(at, next));
        }
        from = next;
      }
      at = next;
    }
    if (from < text.length()) {
      words.add(text.substring(from));
    }
    return words;
  }

  private void pieces(String word, IdBuffer ids) {
    if (word.codePointCount(0, word.length()) > longestWord) {
      ids.add(unknown);
      return;
    }
    List<Integer> pieces = new ArrayList<>();
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      Integer id = null;
      while (to > from) {
        String piece = word.substring(from, to);
        id = vocabulary.get(from > 0 ? CONTINUED + piece : piece);
        if (id != null) {
          break;
        }
        to = word.offsetByCodePoints(to, -1);
      }
      if (id == null) {
        ids.add(unknown);
        return;
      }
      pieces.add(id);
      from = to;
    }
    pieces.forEach(ids::add);
  }

  /** Control and format characters, and what is private, half a pair or not assigned. */
  private static boolean isOther(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /** The blocks that BERT takes for Chinese. */
  private static boolean isIdeograph(int c) {
    return (c >= 0x4e00 && c <= 0x9fff)
        || (c >= 0x3400 && c <= 0x4dbf)
        || (c >= 0x20000 && c <= 0x2a6df)
        || (c >= 0x2a700 && c <= 0x2b73f)
        || (c >= 0x2b740 && c <= 0x2b81f)
        || (c >= 0x2b920 && c <= 0x2ceaf)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0x2f800 && c <= 0x2fa1f);
  }

  private static boolean isSign(int c) {
    boolean isAscii = (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96);
    if (isAscii || (c >= 123 && c <= 126)) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
