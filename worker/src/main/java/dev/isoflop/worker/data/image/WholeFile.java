package dev.isoflop.worker.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Checks that an image file is there to its end and, where the format says so, unchanged. Decoders
 * make do with less: ImageIO neither looks at a PNG's checksums nor refuses a JPEG whose lower half
 * is missing, and would train a model on grey stripes.
 */
final class WholeFile {
  private static final int PNG_SIGNATURE = 8;
  private static final int PNG_CHUNK_OVERHEAD = 12;
  private static final int PNG_END = 0x49454e44; // "IEND"
  private static final int RIFF_HEADER = 8;

  private WholeFile() {}

  static void check(ImageFormat format, byte[] content) throws IOException {
    switch (format) {
      case PNG -> checkPng(content);
      case JPEG -> JpegFile.read(content);
      case WEBP -> checkWebp(content);
    }
  }

  /** Every chunk's checksum, up to the end chunk. */
  private static void checkPng(byte[] content) throws IOException {
    int at = PNG_SIGNATURE;
    while (content.length - at >= PNG_CHUNK_OVERHEAD) {
      long length = readInt(content, at) & 0xffffffffL;
      if (length > content.length - at - PNG_CHUNK_OVERHEAD) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(content, at + 4, (int) length + 4);
      if ((int) crc.getValue() != readInt(content, at + 8 + (int) length)) {
        throw new IOException("the checksum of its part at byte " + at + " is wrong");
      }
      if (readInt(content, at + 4) == PNG_END) {
        return;
      }
      at += (int) length + PNG_CHUNK_OVERHEAD;
    }
    throw new IOException("it is cut off");
  }

  /** As many bytes as the container says. */
  private static void checkWebp(byte[] content) throws IOException {
    long length = Integer.reverseBytes(readInt(content, 4)) & 0xffffffffL;
    if (content.length < RIFF_HEADER + length) {
      throw new IOException("it is cut off");
    }
  }

  private static int readInt(byte[] content, int at) {
    return ByteBuffer.wrap(content).getInt(at);
  }
}
