package dev.isoflop.worker.evaluate.features;

import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PixelLevels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Images as files would hold them: three colours, each value one of the 256 levels. What lies
 * outside -1 ... 1 is clamped, and grey is repeated.
 */
public final class ByteImages {
  private ByteImages() {}

  /**
   * {@code [B, 3, H, W]} in 0 ... 255, as FP32 in direct memory.
   *
   * @param values {@code [B, C, H, W]} in -1 ... 1, from its position on
   * @throws NonFiniteSample if a value is no number
   */
  public static ByteBuffer of(FloatBuffer values, int count, ImageShape shape) {
    int plane = shape.size() * shape.size();
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(count * 3, plane * Float.BYTES))
            .order(ByteOrder.nativeOrder());
    FloatBuffer levels = bytes.asFloatBuffer();
    for (int image = 0; image < count; image++) {
      int start = values.position() + image * shape.length();
      for (int colour = 0; colour < 3; colour++) {
        int channel = shape.channels() == 1 ? 0 : colour;
        for (int i = 0; i < plane; i++) {
          levels.put(level(values.get(start + channel * plane + i)));
        }
      }
    }
    return bytes;
  }

  private static float level(float value) {
    if (!Float.isFinite(value)) {
      throw new NonFiniteSample(value);
    }
    return PixelLevels.level(Math.min(1f, Math.max(-1f, value)));
  }
}
