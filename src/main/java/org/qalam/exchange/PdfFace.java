package org.qalam.exchange;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.fontbox.util.BoundingBox;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * One face of a PDF file. The JDK shapes its letters; what was used of it goes into the file. Each
 * code of the file stands for a glyph together with the characters that it was made of, so that
 * readers get back the text and not the shapes. Used by one thread.
 */
final class PdfFace {
  /** The size that letters are measured at: PDF counts in thousandths. */
  private static final float UNITS = 1000;

  /** Glyphs that the JDK makes of characters which leave nothing on paper. */
  private static final int INVISIBLE = 0xfffe;

  /** All that a reader of a PDF file needs of a TrueType font (ISO 32000-1, 9.9). */
  private static final List<String> TABLES =
      List.of("head", "hhea", "loca", "maxp", "cvt ", "prep", "glyf", "hmtx", "fpgm");

  /** A letter of no width that nobody sees. */
  private static final int NO_GLYPH = -1;

  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

  /** Letters before which another one never joins. */
  private static final String LAST_OF_JOINED =
      "\u0621\u0622\u0623\u0624\u0625\u0627\u0629"
          + "\u062f\u0630\u0631\u0632\u0648\u0671\u0688\u0691\u0698";

  private static final char JOINER = '\u200d';

  private record Letter(int glyph, String characters) {}

  private final String name;
  private final Font font;
  private final TrueTypeFont file;
  private final Map<Letter, Integer> codes = new HashMap<>();
  private final List<Letter> letters = new ArrayList<>();
  private final Map<String, PdfGlyphs> known = new HashMap<>();
  private final COSDictionary dictionary = new COSDictionary();

  private PdfFace(String name, byte[] bytes) throws IOException, FontFormatException {
    this.name = name;
    font = Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(bytes)).deriveFont(UNITS);
    file = new TTFParser().parse(new RandomAccessReadBuffer(bytes));
  }

  /**
   * Reads a face of Qalam's own.
   *
   * @param name of its file without the suffix
   */
  static PdfFace read(String name) throws IOException, FontFormatException {
    try (InputStream in = PdfFace.class.getResourceAsStream("fonts/" + name + ".ttf")) {
      if (in == null) {
        throw new IOException("the font " + name + " is missing");
      }
      return new PdfFace(name, in.readAllBytes());
    }
  }

  boolean has(int character) {
    return font.canDisplay(character);
  }

  /** What pages call it by; filled in by {@link #embed}. */
  COSDictionary dictionary() {
    return dictionary;
  }

  /**
   * Shapes a part of a text that runs one way. Letters join with those before and behind it, which
   * may be of another face.
   *
   * @param inLatin whether the text around it is Latin, whose points are finer than those of Arabic
   */
  PdfGlyphs shape(String text, int start, int end, boolean rightToLeft, boolean inLatin) {
    boolean before = rightToLeft && joins(text, start);
    boolean behind = rightToLeft && joins(text, end);
    String part = (before ? JOINER : "") + text.substring(start, end) + (behind ? JOINER : "");
    boolean isLatin = inLatin && !rightToLeft && part.codePoints().noneMatch(Character::isLetter);
    String key = (rightToLeft ? "<" : isLatin ? "=" : ">") + part;
    PdfGlyphs glyphs = known.get(key);
    if (glyphs == null) {
      glyphs =
          isLatin
              ? shape(part + "a", part.length(), false)
              : shape(part, part.length(), rightToLeft);
      if (part.length() < 40 && known.size() < 20_000) {
        known.put(key, glyphs);
      }
    }
    return glyphs;
  }

  /**
   * Shapes a text.
   *
   * @param length without a letter behind it that only tells which script it is
   */
  private PdfGlyphs shape(String part, int length, boolean rightToLeft) {
    GlyphVector vector =
        font.layoutGlyphVector(
            EXACT,
            part.toCharArray(),
            0,
            part.length(),
            rightToLeft ? Font.LAYOUT_RIGHT_TO_LEFT : Font.LAYOUT_LEFT_TO_RIGHT);
    int count = vector.getNumGlyphs();
    // (glyph) the character behind those that it was made of
    int[] limit = new int[count];
    int next = part.length();
    for (int i = 0; i < count; i++) {
      int at = rightToLeft ? i : count - 1 - i;
      limit[at] = next;
      next = Math.min(next, vector.getGlyphCharIndex(at));
    }
    String[] characters = new String[count];
    String[] marks = new String[count];
    int base = -1;
    for (int i = 0; i < count; i++) {
      int at = rightToLeft ? count - 1 - i : i;
      int first = vector.getGlyphCharIndex(at);
      characters[at] = first < limit[at] ? part.substring(first, limit[at]) : "";
      marks[at] = "";
      // Programs that read the file put glyphs in order by where they stand, and would lose marks
      // above and below others.
      if (base >= 0 && isMarks(characters[at])) {
        if (rightToLeft) {
          marks[base] += characters[at];
        } else {
          characters[base] += characters[at];
        }
        characters[at] = "";
      } else if (!characters[at].isEmpty()) {
        base = at;
      }
    }
    float width = (float) vector.getGlyphPosition(count).getX();
    List<PdfGlyphs.Placed> placed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int glyph = vector.getGlyphCode(i);
      float x = (float) vector.getGlyphPosition(i).getX();
      if (vector.getGlyphCharIndex(i) >= length) {
        width = x;
      } else if (glyph < INVISIBLE && !isUnseen(characters[i])) {
        // Not in the letter's code: some turn round the characters of one code, some do not.
        for (int j = marks[i].length() - 1; j >= 0; j--) {
          Letter mark = new Letter(NO_GLYPH, marks[i].substring(j, j + 1));
          placed.add(new PdfGlyphs.Placed(code(mark), x, 0, false));
        }
        float y = (float) -vector.getGlyphPosition(i).getY();
        placed.add(new PdfGlyphs.Placed(code(new Letter(glyph, characters[i])), x, y, true));
      }
    }
    return new PdfGlyphs(this, placed, width);
  }

  private int code(Letter letter) {
    return codes.computeIfAbsent(
        letter,
        one -> {
          letters.add(one);
          if (letters.size() > 0xffff) {
            throw new IllegalStateException("more letters than a font of a PDF file can have");
          }
          return letters.size();
        });
  }

  private static boolean isMarks(String characters) {
    return !characters.isEmpty()
        && characters
            .codePoints()
            .allMatch(c -> Character.getType(c) == Character.NON_SPACING_MARK);
  }

  private static boolean isUnseen(String characters) {
    return !characters.isEmpty()
        && characters
            .codePoints()
            .allMatch(
                c -> Character.getType(c) == Character.FORMAT || (c >= 0xfe00 && c <= 0xfe0f));
  }

  private static boolean joins(String text, int at) {
    int last = at - 1;
    while (last >= 0 && Character.getType(text.charAt(last)) == Character.NON_SPACING_MARK) {
      last--;
    }
    return last >= 0
        && at < text.length()
        && isArabicLetter(text.charAt(last))
        && isArabicLetter(text.charAt(at))
        && LAST_OF_JOINED.indexOf(text.charAt(last)) < 0
        && text.charAt(at) != '\u0621';
  }

  private static boolean isArabicLetter(char c) {
    return Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.ARABIC;
  }

  private float scaled(float units) throws IOException {
    return units * UNITS / file.getUnitsPerEm();
  }

  /**
   * How far the next letter is when nothing else is said, in thousandths of the size.
   *
   * @param code from {@link PdfGlyphs}
   */
  float advance(int code) {
    int glyph = letters.get(code - 1).glyph();
    try {
      return glyph == NO_GLYPH ? 0 : scaled(file.getAdvanceWidth(glyph));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the letters that were used into a file (ISO 32000-1, 9.7: a composite font). */
  void embed(PDDocument document) throws IOException {
    Set<Integer> glyphs = new HashSet<>();
    letters.forEach(letter -> glyphs.add(Math.max(0, letter.glyph())));
    TTFSubsetter subsetter = new TTFSubsetter(file, TABLES);
    subsetter.addGlyphIds(glyphs);
    Map<Integer, Integer> places = new HashMap<>();
    subsetter.getGIDMap().forEach((place, glyph) -> places.put(glyph, place));
    ByteArrayOutputStream outlines = new ByteArrayOutputStream();
    subsetter.writeToStream(outlines);

    byte[] places16 = new byte[2 * (letters.size() + 1)];
    COSArray widths = new COSArray();
    for (int code = 1; code <= letters.size(); code++) {
      int place = places.getOrDefault(letters.get(code - 1).glyph(), 0);
      places16[2 * code] = (byte) (place >> 8);
      places16[2 * code + 1] = (byte) place;
      widths.add(new COSFloat(advance(code)));
    }
    COSArray widthsFromOne = new COSArray();
    widthsFromOne.add(COSInteger.ONE);
    widthsFromOne.add(widths);

    COSName fontName = COSName.getPDFName(tag() + "+" + name);
    COSDictionary system = new COSDictionary();
    system.setItem(COSName.REGISTRY, new COSString("Adobe"));
    system.setItem(COSName.ORDERING, new COSString("Identity"));
    system.setInt(COSName.SUPPLEMENT, 0);
    COSDictionary descendant = new COSDictionary();
    descendant.setItem(COSName.TYPE, COSName.FONT);
    descendant.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE2);
    descendant.setItem(COSName.BASE_FONT, fontName);
    descendant.setItem(COSName.CIDSYSTEMINFO, system);
    descendant.setItem(COSName.FONT_DESC, descriptor(document, fontName, outlines.toByteArray()));
    descendant.setItem(COSName.W, widthsFromOne);
    descendant.setItem(COSName.CID_TO_GID_MAP, stream(document, places16));
    COSArray descendants = new COSArray();
    descendants.add(descendant);
    dictionary.setItem(COSName.TYPE, COSName.FONT);
    dictionary.setItem(COSName.SUBTYPE, COSName.TYPE0);
    dictionary.setItem(COSName.BASE_FONT, fontName);
    dictionary.setItem(COSName.ENCODING, COSName.IDENTITY_H);
    dictionary.setItem(COSName.DESCENDANT_FONTS, descendants);
    dictionary.setItem(
        COSName.TO_UNICODE, stream(document, characters().getBytes(StandardCharsets.US_ASCII)));
  }

  /** Six letters that tell apart the parts of fonts in files that are put together. */
  private String tag() {
    long rest = Integer.toUnsignedLong(letters.hashCode());
    StringBuilder tag = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      tag.append((char) ('A' + rest % 26));
      rest /= 26;
    }
    return tag.toString();
  }

  private COSDictionary descriptor(PDDocument document, COSName fontName, byte[] outlines)
      throws IOException {
    COSStream fontFile = stream(document, outlines);
    fontFile.setInt(COSName.LENGTH1, outlines.length);
    BoundingBox box = file.getFontBBox();
    COSArray corners = new COSArray();
    for (float corner :
        new float[] {
          box.getLowerLeftX(), box.getLowerLeftY(), box.getUpperRightX(), box.getUpperRightY()
        }) {
      corners.add(new COSFloat(scaled(corner)));
    }
    COSDictionary descriptor = new COSDictionary();
    descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
    descriptor.setItem(COSName.FONT_NAME, fontName);
    descriptor.setInt(COSName.FLAGS, 4); // letters of its own
    descriptor.setItem(COSName.FONT_BBOX, corners);
    descriptor.setFloat(COSName.ITALIC_ANGLE, file.getPostScript().getItalicAngle());
    // Not beyond their line: programs that read the file take lines that overlap for columns.
    float ascent = scaled(file.getHorizontalHeader().getAscender());
    float descent = scaled(file.getHorizontalHeader().getDescender());
    float below = PdfWriter.LEADING - PdfWriter.BASE;
    descriptor.setFloat(COSName.ASCENT, Math.min(ascent, PdfWriter.BASE * UNITS));
    descriptor.setFloat(COSName.DESCENT, Math.max(descent, -below * UNITS));
    descriptor.setFloat(COSName.CAP_HEIGHT, scaled(file.getOS2Windows().getCapHeight()));
    descriptor.setInt(COSName.STEM_V, 80);
    descriptor.setItem(COSName.FONT_FILE2, fontFile);
    return descriptor;
  }

  /** The characters of each code, as Adobe's technical note 5411 has them. */
  private String characters() {
    StringBuilder map =
        new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange
            """);
    List<String> lines = new ArrayList<>();
    for (int code = 1; code <= letters.size(); code++) {
      String characters = letters.get(code - 1).characters();
      if (!characters.isEmpty()) {
        StringBuilder line = new StringBuilder(String.format("<%04X> <", code));
        characters.chars().forEach(c -> line.append(String.format("%04X", c)));
        lines.add(line.append(">\n").toString());
      }
    }
    for (int from = 0; from < lines.size(); from += 100) {
      List<String> some = lines.subList(from, Math.min(lines.size(), from + 100));
      map.append(some.size()).append(" beginbfchar\n");
      some.forEach(map::append);
      map.append("endbfchar\n");
    }
    return map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
        .toString();
  }

  private static COSStream stream(PDDocument document, byte[] bytes) throws IOException {
    COSStream stream = document.getDocument().createCOSStream();
    try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
      out.write(bytes);
    }
    return stream;
  }
}
