package dev.isoflop.worker.data.batch;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.text.TextEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Examples as arrays, in direct memory so that a tensor can be laid over them without a copy. The
 * memory is used again: a batch holds what it says only until its reader is asked for the next one.
 */
public final class Batch {
  private final ImageShape imageShape;
  private final int textLength;
  private final ByteBuffer images;
  private final ByteBuffer text;
  private final FloatBuffer imageValues;
  private final FloatBuffer textValues;
  private final String[] captions;
  private int size;

  Batch(int capacity, ImageShape imageShape, int textLength) {
    this.imageShape = imageShape;
    this.textLength = textLength;
    images = allocate(capacity, imageShape.length());
    text = allocate(capacity, textLength);
    imageValues = images.asFloatBuffer();
    textValues = text.asFloatBuffer();
    captions = new String[capacity];
    Arrays.fill(captions, "");
  }

  private static ByteBuffer allocate(int capacity, int length) {
    int bytes = Math.multiplyExact(Math.multiplyExact(capacity, length), Float.BYTES);
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Examples held, B: the capacity, except in the last batch of a stream that ends. */
  public int size() {
    return size;
  }

  /** Pixels in [-1, 1] or latents, {@code [B, C, H, W]}, as 32-bit floats in native order. */
  public ByteBuffer images() {
    return view(images, imageShape.length());
  }

  /** The pixels of one image of the batch. */
  public FloatBuffer image(int position) {
    return imageValues.slice(position * imageShape.length(), imageShape.length());
  }

  /** Text features {@code [B, T, W]} as 32-bit floats in native order. */
  public ByteBuffer text() {
    return view(text, textLength);
  }

  /** The captions, in the order of the images. */
  public List<String> captions() {
    return Collections.unmodifiableList(Arrays.asList(captions).subList(0, size));
  }

  private ByteBuffer view(ByteBuffer buffer, int length) {
    return buffer.duplicate().order(ByteOrder.nativeOrder()).limit(size * length * Float.BYTES);
  }

  int capacity() {
    return captions.length;
  }

  void resize(int newSize) {
    size = newSize;
  }

  /** Puts one example at its place; different places may be filled by different threads. */
  void fill(int position, Example example, TextEncoder encoder, float[] features)
      throws DataException {
    if (example.image().length != imageShape.length()) {
      throw new IllegalArgumentException(
          "an image has " + example.image().length + " values instead of " + imageShape.length());
    }
    imageValues.put(position * imageShape.length(), example.image());
    textValues.put(position * textLength, textFeatures(example, encoder, features));
    captions[position] = example.caption();
  }

  private float[] textFeatures(Example example, TextEncoder encoder, float[] scratch)
      throws DataException {
    if (example.textFeatures().isEmpty() && example.caption().isEmpty()) {
      Arrays.fill(scratch, 0f); // as a caption that was dropped, whatever an encoder makes of ""
      return scratch;
    }
    if (example.textFeatures().isEmpty()) {
      encoder.encode(example.caption(), scratch, 0);
      return scratch;
    }
    float[] stored = example.textFeatures().get();
    if (stored.length != textLength) {
      throw new IllegalArgumentException(
          stored.length + " text features came instead of " + textLength);
    }
    return stored;
  }
}
