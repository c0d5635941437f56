package dev.isoflop.operator.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Writes PNGs whose data is stored, not compressed. Deflate may give other bytes with another
 * library, and then the same pictures would have other digests on another machine.
 */
final class PlainPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int STORED_BLOCK = 65535;

  private PlainPng() {}

  static byte[] encode(SquarePixels pixels) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    // 8 bits a sample, colour type 2 (red, green, blue), the one compression and filter, no
    // interlace
    header.putInt(pixels.size()).putInt(pixels.size()).put(new byte[] {8, 2, 0, 0, 0});
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", stored(rows(pixels)));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /** The rows, each after a byte that says it is not filtered. */
  private static byte[] rows(SquarePixels pixels) {
    int stride = 3 * pixels.size();
    byte[] rows = new byte[(stride + 1) * pixels.size()];
    for (int row = 0; row < pixels.size(); row++) {
      System.arraycopy(pixels.rgb(), row * stride, rows, row * (stride + 1) + 1, stride);
    }
    return rows;
  }

  /** A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4). */
  private static byte[] stored(byte[] data) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.write(0x78);
    stream.write(0x01);
    for (int at = 0; at < data.length; at += STORED_BLOCK) {
      int length = Math.min(STORED_BLOCK, data.length - at);
      stream.write(at + length == data.length ? 1 : 0);
      stream.write(length);
      stream.write(length >> 8);
      stream.write(~length);
      stream.write(~length >> 8);
      stream.write(data, at, length);
    }
    Adler32 adler = new Adler32();
    adler.update(data);
    stream.writeBytes(ByteBuffer.allocate(4).putInt((int) adler.getValue()).array());
    return stream.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
