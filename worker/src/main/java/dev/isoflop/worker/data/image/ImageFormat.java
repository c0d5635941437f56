package dev.isoflop.worker.data.image;

import java.util.Optional;

/** The image formats that are read, told by their first bytes: extensions in scraped sets lie. */
enum ImageFormat {
  PNG("png"),
  JPEG("jpeg"),
  WEBP("webp");

  private final String readerName;

  ImageFormat(String readerName) {
    this.readerName = readerName;
  }

  /** What ImageIO calls it. */
  String readerName() {
    return readerName;
  }

  static Optional<ImageFormat> of(byte[] content) {
    if (startsWith(content, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return Optional.of(PNG);
    }
    if (startsWith(content, 0, 0xff, 0xd8, 0xff)) {
      return Optional.of(JPEG);
    }
    if (startsWith(content, 0, 'R', 'I', 'F', 'F') && startsWith(content, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of(WEBP);
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] content, int offset, int... expected) {
    if (content.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((content[offset + i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
