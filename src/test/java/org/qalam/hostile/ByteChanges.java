package org.qalam.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damage that knows nothing of a format but that its facts stand at its ends. */
final class ByteChanges {
  private static final int ENDS = 30_000;
  private static final long[] NUMBERS = {
    0,
    -1,
    1,
    0x7F,
    0xFFFF,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xFFFFFFFFL,
    1L << 32,
    1L << 40,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 31
  };

  private ByteChanges() {}

  static byte[] change(byte[] sound, Random random) {
    if (sound.length < 16) {
      return new byte[random.nextInt(16)];
    }
    byte[] bytes = sound.clone();
    int at = place(bytes, random);
    int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
    switch (random.nextInt(8)) {
      case 0 -> {
        for (int i = 0; i <= random.nextInt(4); i++) {
          bytes[place(bytes, random)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> Arrays.fill(bytes, at, at + length, (byte) random.nextInt(256));
      case 2 -> {
        return Arrays.copyOf(bytes, random.nextBoolean() ? at : random.nextInt(bytes.length));
      }
      case 3 -> {
        return splice(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      }
      case 4 -> {
        return splice(bytes, at, at + length, new byte[0]);
      }
      case 5 ->
          System.arraycopy(
              bytes, at, bytes, Math.min(place(bytes, random), bytes.length - length), length);
      case 6 -> numbers(bytes).putInt(Math.min(at, bytes.length - 4), (int) number(random));
      default -> numbers(bytes).putLong(count(bytes, random), number(random));
    }
    return bytes;
  }

  static long number(Random random) {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  /** A place that looks like a count, a length or an offset: a small number in eight bytes. */
  private static int count(byte[] bytes, Random random) {
    List<Integer> places = new ArrayList<>();
    ByteBuffer numbers = numbers(bytes);
    int reach = Math.min(ENDS, bytes.length - 8);
    for (int i = 0; i < 2 * reach; i++) {
      int at = i < reach ? i : bytes.length - 8 - (i - reach);
      long number = numbers.getLong(at);
      if (number > 0 && number < 1 << 24) {
        places.add(at);
      }
    }
    return places.isEmpty() ? 0 : places.get(random.nextInt(places.size()));
  }

  private static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int place(byte[] bytes, Random random) {
    int reach = Math.min(random.nextBoolean() ? 500 : ENDS, bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(bytes.length);
      case 1 -> bytes.length - 1 - random.nextInt(reach);
      default -> random.nextInt(reach);
    };
  }

  static byte[] splice(byte[] bytes, int from, int to, byte[] between) {
    byte[] result = Arrays.copyOf(bytes, from + between.length + bytes.length - to);
    System.arraycopy(between, 0, result, from, between.length);
    System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
    return result;
  }
}
