package org.qalam.convert;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a zip archive in which nothing is compressed, as slices of the mapped file.
 *
 * <p>Strict where other readers are lenient: the directory must fill the space before the record
 * that ends the file, every entry's own header must say what the directory says, and no two entries
 * may share bytes. So no other program can read another content out of the same file, and no entry
 * reaches outside it. Checksums are not compared: PyTorch can be told not to write them. The format
 * is PKWARE's {@code APPNOTE.TXT}, zip64 included.
 */
final class StoredZip {
  /** Thirty times as many as a checkpoint with adaptors in 80 layers has. */
  static final int MAX_ENTRIES = 1 << 16;

  private static final int MAX_NAME = 1024; // bytes
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_ENTRY = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LOCATOR = 0x07064b50;
  private static final int EXTRA_64 = 1;
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13; // flags
  private static final int SIZES_FOLLOW = 1 << 3; // the local header came before they were known
  private static final int NAMES_ARE_UTF_8 = 1 << 11;
  private static final long IN_EXTRA =
      0xFFFFFFFFL; // stands for a number that is in the zip64 field
  private static final int IN_END_64 = 0xFFFF;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Where the directory is, as the records at the end of the file say. */
  private record Directory(long start, long end, int count) {}

  private record Entry(String name, long header, MemorySegment data, long end) {}

  private final String file; // its name, for messages
  private final MemorySegment bytes;

  private StoredZip(String file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  static boolean looksLikeOne(MemorySegment bytes) {
    return bytes.byteSize() >= 4 && bytes.get(INT, 0) == LOCAL_HEADER;
  }

  /**
   * Reads the directory.
   *
   * @param file the name that messages show
   * @return the entries' bytes by name, in the directory's order
   * @throws ImportException where the file is cut short, damaged, compressed or encrypted
   */
  static Map<String, MemorySegment> entries(String file, MemorySegment bytes)
      throws ImportException {
    return new StoredZip(file, bytes).read();
  }

  private Map<String, MemorySegment> read() throws ImportException {
    Directory directory = directory();
    Map<String, MemorySegment> byName = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    long at = directory.start;
    for (int i = 0; i < directory.count; i++) {
      if (directory.end - at < 46 || bytes.get(INT, at) != DIRECTORY_ENTRY) {
        throw damaged("its directory ends after " + i + " of " + directory.count + " entries");
      }
      long length = 46L + unsigned(at + 28) + unsigned(at + 30) + unsigned(at + 32);
      if (length > directory.end - at) {
        throw damaged("entry number " + i + " of its directory is cut short");
      }
      Entry entry = entry(at, directory.start);
      if (byName.put(entry.name, entry.data) != null) {
        throw damaged("two entries are called " + Quoted.of(entry.name));
      }
      entries.add(entry);
      at += length;
    }
    if (at != directory.end) {
      throw damaged("its directory is longer than its " + directory.count + " entries");
    }
    refuseOverlaps(entries);
    return byName;
  }

  private void refuseOverlaps(List<Entry> entries) throws ImportException {
    entries.sort(Comparator.comparingLong(Entry::header));
    for (int i = 1; i < entries.size(); i++) {
      Entry before = entries.get(i - 1);
      if (entries.get(i).header < before.end) {
        throw damaged(
            "the entries "
                + Quoted.of(before.name)
                + " and "
                + Quoted.of(entries.get(i).name)
                + " overlap");
      }
    }
  }

  private Directory directory() throws ImportException {
    long end = bytes.byteSize() - 22;
    if (end < 0 || bytes.get(INT, end) != END || unsigned(end + 20) != 0) {
      throw new ImportException(
          file
              + ": the file is cut short (the record that ends a torch file is missing);"
              + " download it again");
    }
    if (unsigned(end + 4) != 0 || unsigned(end + 6) != 0) {
      throw damaged("it is one of several parts of an archive");
    }
    long count = unsigned(end + 10);
    long size = unsigned32(end + 12);
    long start = unsigned32(end + 16);
    long directoryEnd = end;
    if (end >= 20 && bytes.get(INT, end - 20) == END_64_LOCATOR) {
      directoryEnd = end64(end - 20);
      count = either(count, IN_END_64, bytes.get(LONG, directoryEnd + 32), "entries");
      size = either(size, IN_EXTRA, bytes.get(LONG, directoryEnd + 40), "bytes of directory");
      start = either(start, IN_EXTRA, bytes.get(LONG, directoryEnd + 48), "bytes before it");
    } else if (unsigned(end + 8) != count) {
      throw damaged("it is one of several parts of an archive");
    }
    if (start < 0 || size < 0 || start > directoryEnd || size != directoryEnd - start) {
      throw damaged("its directory is not where its end says");
    }
    if (count < 0 || count > MAX_ENTRIES || count > size / 46) {
      throw damaged("it announces " + Long.toUnsignedString(count) + " entries");
    }
    return new Directory(start, directoryEnd, (int) count);
  }

  /** The zip64 record that ends the directory of a large archive, found by its locator. */
  private long end64(long locator) throws ImportException {
    long record = bytes.get(LONG, locator + 8);
    boolean there =
        bytes.get(INT, locator + 4) == 0
            && bytes.get(INT, locator + 16) == 1
            && record >= 0
            && record <= locator - 56
            && bytes.get(INT, record) == END_64
            && bytes.get(LONG, record + 4) == locator - record - 12;
    if (!there) {
      throw damaged("its zip64 record is not where its end says");
    }
    long onThisDisk = bytes.get(LONG, record + 24);
    if (bytes.get(INT, record + 16) != 0
        || bytes.get(INT, record + 20) != 0
        || onThisDisk != bytes.get(LONG, record + 32)) {
      throw damaged("it is one of several parts of an archive");
    }
    return record;
  }

  /** A number that is written twice: here, unless it is the stand-in, and in a zip64 record. */
  private long either(long here, long standIn, long there, String what) throws ImportException {
    if (here != standIn && here != there) {
      throw damaged("it announces " + here + " and " + Long.toUnsignedString(there) + " " + what);
    }
    return there;
  }

  /** The entry whose record in the directory is at {@code at}; that record is whole. */
  private Entry entry(long at, long limit) throws ImportException {
    String name = name(at + 46, unsigned(at + 28));
    int flags = unsigned(at + 8);
    if ((flags & ENCRYPTED) != 0) {
      throw new ImportException(file + ": its entry " + Quoted.of(name) + " is encrypted");
    }
    long packed = unsigned32(at + 20);
    long size = unsigned32(at + 24);
    if (unsigned(at + 10) != 0) {
      throw new ImportException(
          file
              + ": its entry "
              + Quoted.of(name)
              + " is compressed, as those of TorchScript programs are and a checkpoint's are not;"
              + " save the model's state_dict() with torch.save");
    }
    if ((flags & ~(SIZES_FOLLOW | NAMES_ARE_UTF_8)) != 0 || unsigned(at + 34) != 0) {
      throw damaged("its entry " + Quoted.of(name) + " has the flags " + flags);
    }
    long header = unsigned32(at + 42);
    Extra extra = new Extra(name, at + 46 + unsigned(at + 28), unsigned(at + 30), "directory");
    size = extra.next(size);
    packed = extra.next(packed);
    header = extra.next(header);
    if (size != packed) {
      throw damaged("its entry " + Quoted.of(name) + " has two sizes");
    }
    return inside(name, flags, size, header, limit);
  }

  /** Compares the entry's own header with the directory and finds its bytes. */
  private Entry inside(String name, int flags, long size, long header, long limit)
      throws ImportException {
    if (header < 0 || header > limit - 30 || bytes.get(INT, header) != LOCAL_HEADER) {
      throw damaged("its entry " + Quoted.of(name) + " is not where the directory says");
    }
    long start = header + 30 + unsigned(header + 26) + unsigned(header + 28);
    if (size < 0 || start > limit || size > limit - start) {
      throw damaged("its entry " + Quoted.of(name) + " reaches beyond the file");
    }
    boolean same =
        unsigned(header + 6) == flags
            && unsigned(header + 8) == 0
            && name(header + 30, unsigned(header + 26)).equals(name);
    Extra extra =
        new Extra(name, header + 30 + unsigned(header + 26), unsigned(header + 28), "header");
    long unpacked = extra.next(unsigned32(header + 22));
    long packed = extra.next(unsigned32(header + 18));
    boolean later = (flags & SIZES_FOLLOW) != 0 && unpacked == 0 && packed == 0;
    if (!same || (!later && (unpacked != size || packed != size))) {
      throw damaged("its entry " + Quoted.of(name) + " is not what the directory says");
    }
    return new Entry(name, header, bytes.asSlice(start, size), start + size);
  }

  private String name(long at, int length) throws ImportException {
    if (length == 0 || length > MAX_NAME) {
      throw damaged("an entry's name has " + length + " bytes");
    }
    byte[] name = bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(name, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      throw damaged("the name " + Quoted.of(text) + " of an entry is no text");
    }
    return text;
  }

  private int unsigned(long at) {
    return Short.toUnsignedInt(bytes.get(SHORT, at));
  }

  private long unsigned32(long at) {
    return Integer.toUnsignedLong(bytes.get(INT, at));
  }

  private ImportException damaged(String how) {
    return new ImportException(file + ": the file is damaged (" + how + "); download it again");
  }

  /** The zip64 field among the extra fields of a header: the numbers that did not fit there. */
  private final class Extra {
    private final String name;
    private final String where;
    private long at;
    private long end;

    /** Finds the field; all the fields must fill their space exactly. */
    Extra(String name, long start, int length, String where) throws ImportException {
      this.name = name;
      this.where = where;
      boolean found = false;
      long field = start;
      for (long left = length; left > 0; left = start + length - field) {
        if (left < 4 || unsigned(field + 2) > left - 4) {
          throw wrong();
        }
        long next = field + 4 + unsigned(field + 2);
        if (unsigned(field) == EXTRA_64) {
          if (found) {
            throw wrong();
          }
          found = true;
          at = field + 4;
          end = next;
        }
        field = next;
      }
    }

    /** The number itself, or, where it is the stand-in, the field's next one. */
    long next(long number) throws ImportException {
      if (number != IN_EXTRA) {
        return number;
      }
      if (end - at < 8) {
        throw wrong();
      }
      at += 8;
      return bytes.get(LONG, at - 8);
    }

    private ImportException wrong() {
      return damaged("the extra fields of " + Quoted.of(name) + " in the " + where);
    }
  }
}
