package org.qalam.convert;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles opcode by opcode. */
final class TestPickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TestPickle() {
    this(2);
  }

  TestPickle(int protocol) {
    op(0x80).op(protocol);
  }

  /** A dictionary with one tensor of float32 numbers in storage 0. */
  static byte[] oneTensor(String name, long elements) {
    return new TestPickle()
        .op('}')
        .text(name)
        .tensor("0", "FloatStorage", elements, 0, new long[] {elements}, new long[] {1})
        .op('s')
        .end();
  }

  TestPickle op(int opcode) {
    out.write(opcode);
    return this;
  }

  TestPickle raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  TestPickle ascii(String text) {
    return raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  TestPickle text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return op('X').int32(bytes.length).raw(bytes);
  }

  TestPickle int32(int number) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }

  TestPickle int64(long number) {
    return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
  }

  /** A whole number of eight bytes. */
  TestPickle whole(long number) {
    return op(0x8a).op(8).int64(number);
  }

  TestPickle global(String module, String name) {
    return op('c').ascii(module + "\n" + name + "\n");
  }

  TestPickle tensor(
      String key, String storage, long elements, long offset, long[] shape, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").op('(').op('(').text("storage");
    global("torch", storage).text(key).text("cpu").whole(elements).op('t').op('Q').whole(offset);
    sizes(shape).sizes(strides).op(0x89).global("collections", "OrderedDict").op(')').op('R');
    return op('t').op('R');
  }

  private TestPickle sizes(long[] sizes) {
    op('(');
    for (long size : sizes) {
      whole(size);
    }
    return op('t');
  }

  byte[] end() {
    op('.');
    return out.toByteArray();
  }
}
