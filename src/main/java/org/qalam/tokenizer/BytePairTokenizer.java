package org.qalam.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Byte-level byte-pair encoding (as GPT-2, SmolLM and Llama 3 have it) over a {@link Vocabulary}.
 * Immutable; any thread. Encoding takes n log n steps in the worst case, whatever the text.
 *
 * <p>A lone surrogate is encoded as U+FFFD. A byte for which the vocabulary has no token is left
 * out, as the reference implementations do; such bytes are those of characters that the model has
 * never seen.
 *
 * <p>Tokens that were added to the vocabulary but are not special count as text: they are found in
 * both kinds of encoding.
 */
public final class BytePairTokenizer implements Tokenizer {
  private static final byte[] NO_BYTES = {};

  private final Vocabulary vocabulary;
  private final MergeTable merges;
  private final byte[][] bytes; // by id
  private final int[] idOfByte = new int[256]; // -1 where there is no token
  private final int longestToken; // bytes
  private final SpellingTrie addedText = new SpellingTrie();
  private final SpellingTrie addedAll = new SpellingTrie();

  public BytePairTokenizer(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    merges = new MergeTable(vocabulary);
    bytes = new byte[vocabulary.size()][];
    int longest = 0;
    for (int id = 0; id < bytes.length; id++) {
      String token = vocabulary.token(id);
      if (vocabulary.isAdded(id)) {
        bytes[id] = token.getBytes(StandardCharsets.UTF_8);
        addedAll.add(token, id);
        if (!vocabulary.isSpecial(id)) {
          addedText.add(token, id);
        }
      } else {
        bytes[id] = ByteSpelling.bytes(token);
        longest = Math.max(longest, bytes[id].length);
      }
    }
    longestToken = longest;
    for (int b = 0; b < 256; b++) {
      int id = vocabulary.id(String.valueOf(ByteSpelling.charOf(b)));
      idOfByte[b] = id >= 0 && vocabulary.isAdded(id) ? -1 : id;
    }
  }

  @Override
  public int[] encode(CharSequence text) {
    return encode(text.toString(), addedText);
  }

  @Override
  public int[] encodeWithSpecial(CharSequence text) {
    return encode(text.toString(), addedAll);
  }

  private int[] encode(String text, SpellingTrie added) {
    Run run = new Run(text);
    int from = 0;
    if (!added.isEmpty()) {
      for (int i = 0; i < text.length(); ) {
        int id = added.longestAt(text, i);
        if (id < 0) {
          i++;
          continue;
        }
        run.encode(from, i);
        run.out.add(id);
        i += vocabulary.token(id).length();
        from = i;
      }
    }
    run.encode(from, text.length());
    return run.out.toArray();
  }

  @Override
  public String decode(int[] ids) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(4 * ids.length);
    for (int id : ids) {
      all.writeBytes(bytesOf(id));
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes(int id) {
    return bytesOf(id).clone();
  }

  /** A model may have more rows than its tokenizer has tokens, and so sample an id without one. */
  private byte[] bytesOf(int id) {
    return id < bytes.length ? bytes[id] : NO_BYTES;
  }

  @Override
  public boolean isSpecial(int id) {
    return vocabulary.isSpecial(id);
  }

  @Override
  public OptionalInt id(String token) {
    int id = vocabulary.id(token);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  /** One call's work. */
  private final class Run {
    final IdBuffer out = new IdBuffer();
    private final String text;
    private final PairMerger merger = new PairMerger(merges);
    private byte[] piece = new byte[128]; // UTF-8
    private int[] ids = new int[128];

    Run(String text) {
      this.text = text;
    }

    void encode(int from, int end) {
      SplitPattern pattern = vocabulary.pattern();
      for (int start = from; start < end; ) {
        int to = pattern.pieceEnd(text, start, end);
        encodePiece(start, to);
        start = to;
      }
    }

    private void encodePiece(int from, int to) {
      int length = utf8(from, to);
      if (vocabulary.ignoresMerges() && length <= longestToken) {
        int whole = vocabulary.id(ByteSpelling.spell(piece, length));
        if (whole >= 0 && !vocabulary.isAdded(whole)) {
          out.add(whole);
          return;
        }
      }
      int count = 0;
      for (int i = 0; i < length; i++) {
        int id = idOfByte[piece[i] & 0xFF];
        if (id >= 0) {
          ids[count++] = id;
        }
      }
      out.addAll(ids, merger.merge(ids, count));
    }

    /** Writes the piece's UTF-8 and returns its length. */
    private int utf8(int from, int to) {
      if (piece.length < 3 * (to - from)) {
        piece = new byte[Math.max(3 * (to - from), 2 * piece.length)];
        ids = Arrays.copyOf(ids, piece.length);
      }
      int length = 0;
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        if (c < 0x80) {
          piece[length++] = (byte) c;
        } else if (c < 0x800) {
          piece[length++] = (byte) (0xC0 | (c >> 6));
          piece[length++] = (byte) (0x80 | (c & 0x3F));
        } else if (i + 1 < to && Character.isSurrogatePair(c, text.charAt(i + 1))) {
          int codePoint = Character.toCodePoint(c, text.charAt(++i));
          piece[length++] = (byte) (0xF0 | (codePoint >> 18));
          piece[length++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
          piece[length++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
          piece[length++] = (byte) (0x80 | (codePoint & 0x3F));
        } else {
          char valid = Character.isSurrogate(c) ? '\uFFFD' : c;
          piece[length++] = (byte) (0xE0 | (valid >> 12));
          piece[length++] = (byte) (0x80 | (valid >> 6 & 0x3F));
          piece[length++] = (byte) (0x80 | (valid & 0x3F));
        }
      }
      return length;
    }
  }
}
