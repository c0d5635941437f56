package dev.isoflop.worker.data.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damage to the bytes of a file, decided by a seed. */
final class Mutation {
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 40
  };

  private Mutation() {}

  /** One to four changes. */
  static byte[] of(byte[] whole, long seed) {
    Random random = new Random(seed);
    byte[] bytes = whole;
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = bytes.length == 0 ? bytes : change(bytes.clone(), random);
    }
    return bytes;
  }

  /**
   * The same damage to a tar archive whose headers have right checksums again, so that it is met.
   */
  static byte[] ofTar(byte[] whole, long seed) {
    byte[] bytes = of(whole, seed);
    for (int block = 0; block + 512 <= bytes.length; block += 512) {
      if (bytes[block] == 0 || (bytes[block + 155] != ' ' && bytes[block + 154] != 0)) {
        continue; // no header, or one whose checksum is itself the damage
      }
      Arrays.fill(bytes, block + 148, block + 156, (byte) ' ');
      int sum = 0;
      for (int i = 0; i < 512; i++) {
        sum += bytes[block + i] & 0xff;
      }
      byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, bytes, block + 148, 8);
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, Random random) {
    // Most of what matters stands at the start of files.
    int at = random.nextBoolean() ? random.nextInt(bytes.length) : random.nextInt(bytes.length) / 8;
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 3 -> { // cut out
        int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (end - at));
        System.arraycopy(bytes, end, rest, at, bytes.length - end);
        return rest;
      }
      case 4 -> { // say twice
        int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
        byte[] more = Arrays.copyOf(bytes, bytes.length + end - at);
        System.arraycopy(bytes, at, more, end, bytes.length - at);
        return more;
      }
      case 5 -> extreme(bytes, at, random);
      case 6 -> digit(bytes, at, random);
      default -> { // splice: what stands elsewhere
        int from = random.nextInt(bytes.length);
        int count = Math.min(1 + random.nextInt(64), bytes.length - Math.max(from, at));
        System.arraycopy(bytes, from, bytes, at, count);
      }
    }
    return bytes;
  }

  private static void extreme(byte[] bytes, int at, Random random) {
    int width = 1 << (1 + random.nextInt(3));
    if (at + width <= bytes.length) {
      byte[] value =
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(EXTREMES[random.nextInt(EXTREMES.length)])
              .array();
      System.arraycopy(value, 0, bytes, at, width);
    }
  }

  /** Numbers that are written as text: the next digit from a place becomes another. */
  private static void digit(byte[] bytes, int at, Random random) {
    for (int i = at; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) "0189-.e\"".charAt(random.nextInt(8));
        return;
      }
    }
  }
}
