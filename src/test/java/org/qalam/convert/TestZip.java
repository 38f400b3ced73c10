package org.qalam.convert;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes zip archives of plain entries, well-formed or, by an entry's fields, not. */
public final class TestZip {
  /** Where the numbers are written that may need 64 bits. */
  public enum Zip64 {
    NOWHERE,
    IN_THE_END_AS_WELL, // as PyTorch writes
    IN_THE_END_ALONE,
    IN_EVERY_HEADER
  }

  /** What the headers say of an entry; by default the truth. */
  public static final class Entry {
    public final byte[] data;
    public String name;
    public String localName;
    public int flags = 0x0800;
    public int localFlags = 0x0800;
    public int method;
    public int localMethod;
    public long size;
    public long localSize;
    public long packedSize;
    public long offset = -1; // -1: the truth
    public byte[] extra = {};

    Entry(String name, byte[] data) {
      this.name = name;
      this.localName = name;
      this.data = data;
      size = data.length;
      localSize = data.length;
      packedSize = data.length;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private Zip64 zip64 = Zip64.NOWHERE;
  private ByteBuffer out = ByteBuffer.allocate(0);
  public long count = -1; // what the end says, -1: the truth
  public long directoryOffset = -1;
  public long directorySize = -1;

  public TestZip zip64(Zip64 where) {
    zip64 = where;
    return this;
  }

  public TestZip add(String name, byte[] data) {
    entries.add(new Entry(name, data));
    return this;
  }

  public Entry last() {
    return entries.getLast();
  }

  public byte[] bytes() {
    int space = 200;
    for (Entry entry : entries) {
      space += entry.data.length + 200 + 4 * entry.name.length() + 2 * entry.extra.length;
    }
    out = ByteBuffer.allocate(space).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> offsets = new ArrayList<>();
    for (Entry entry : entries) {
      offsets.add(out.position());
      local(entry);
    }
    int start = out.position();
    for (int i = 0; i < entries.size(); i++) {
      central(entries.get(i), offsets.get(i));
    }
    end(start);
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private boolean large() {
    return zip64 == Zip64.IN_EVERY_HEADER;
  }

  private void local(Entry entry) {
    byte[] name = entry.localName.getBytes(StandardCharsets.UTF_8);
    out.putInt(0x04034b50).putShort((short) 45);
    out.putShort((short) entry.localFlags).putShort((short) entry.localMethod);
    out.putInt(0).putInt(0); // time, checksum
    number(entry.localSize).putInt(large() ? -1 : (int) entry.localSize);
    out.putShort((short) name.length);
    out.putShort((short) (entry.extra.length + (large() ? 20 : 0)));
    out.put(name).put(entry.extra);
    if (large()) {
      out.putShort((short) 1).putShort((short) 16);
      out.putLong(entry.localSize).putLong(entry.localSize);
    }
    out.put(entry.data);
  }

  private ByteBuffer number(long value) {
    return out.putInt(large() ? -1 : (int) value);
  }

  private void central(Entry entry, int position) {
    byte[] name = entry.name.getBytes(StandardCharsets.UTF_8);
    long offset = entry.offset == -1 ? position : entry.offset;
    out.putInt(0x02014b50).putShort((short) 45).putShort((short) 45);
    out.putShort((short) entry.flags).putShort((short) entry.method).putInt(0).putInt(0);
    number(entry.packedSize);
    number(entry.size);
    out.putShort((short) name.length);
    out.putShort((short) (entry.extra.length + (large() ? 28 : 0)));
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0); // comment, disk
    number(offset);
    out.put(name).put(entry.extra);
    if (large()) {
      out.putShort((short) 1).putShort((short) 24);
      out.putLong(entry.size).putLong(entry.packedSize).putLong(offset);
    }
  }

  private void end(int start) {
    int position = out.position();
    long size = directorySize == -1 ? position - start : directorySize;
    long offset = directoryOffset == -1 ? start : directoryOffset;
    long number = count == -1 ? entries.size() : count;
    if (zip64 != Zip64.NOWHERE) {
      out.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
      out.putInt(0).putInt(0).putLong(number).putLong(number).putLong(size).putLong(offset);
      out.putInt(0x07064b50).putInt(0).putLong(position).putInt(1);
    }
    boolean hidden = zip64 == Zip64.IN_THE_END_ALONE || large();
    out.putInt(0x06054b50).putInt(0);
    out.putShort((short) (hidden ? -1 : number)).putShort((short) (hidden ? -1 : number));
    out.putInt(hidden ? -1 : (int) size).putInt(hidden ? -1 : (int) offset).putShort((short) 0);
  }
}
