package dev.isoflop.worker.data.npy;

import dev.isoflop.worker.data.Fixtures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes npy files for tests, as numpy.save does. */
public final class Npys {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private Npys() {}

  /** The fixtures' latents of a sample, {@code float32[1, 4, 4, 4]}. */
  public static byte[] latent(int sample) {
    byte[] values = new byte[64 * Float.BYTES];
    for (int i = 0; i < 64; i++) {
      little(values).putFloat(i * Float.BYTES, Fixtures.latent(sample, i));
    }
    return file("<f4", "(1, 4, 4, 4)", values);
  }

  /** A class, {@code int64[1]}. */
  public static byte[] label(long number) {
    byte[] value = new byte[Long.BYTES];
    little(value).putLong(number);
    return file("<i8", "(1,)", value);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] file(String type, String shape, byte[] values) {
    String head = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    int length = (MAGIC.length + 2 + head.length() + 1 + 63) / 64 * 64 - MAGIC.length - 2;
    byte[] padded =
        (head + " ".repeat(length - head.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] file = new byte[MAGIC.length + 2 + length + values.length];
    little(file).put(MAGIC).putShort((short) length).put(padded).put(values);
    return file;
  }
}
