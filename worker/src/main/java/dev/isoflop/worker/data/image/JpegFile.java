package dev.isoflop.worker.data.image;

import java.io.IOException;

/**
 * Contents of a JPEG file's markers (ITU T.81), from its start to the end of its image. Bytes
 * behind that end are no part of it: phones put the film of a motion photo there.
 *
 * @param components of a pixel: 1 grey, 3 colour, 4 for print
 * @param adobeTransform of Adobe's APP14 segment: 0 none, 1 YCbCr, 2 YCCK; -1 without the segment
 */
record JpegFile(int components, int adobeTransform) {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int ADOBE = 0xee;
  private static final int ADOBE_LENGTH = 14;

  /**
   * Reads the markers.
   *
   * @throws IOException if the file ends before its image does
   */
  static JpegFile read(byte[] content) throws IOException {
    int components = 0;
    int transform = -1;
    int at = 2; // behind the start of the image
    while (true) {
      at = marker(content, at);
      int marker = content[at - 1] & 0xff;
      if (marker == END_OF_IMAGE) {
        return new JpegFile(components, transform);
      }
      if (standsAlone(marker)) {
        continue;
      }
      if (at + 2 > content.length) {
        throw cutOff();
      }
      int length = (content[at] & 0xff) << 8 | (content[at + 1] & 0xff);
      if (at + length > content.length) {
        throw cutOff();
      }
      if (isFrame(marker) && length >= 8) {
        components = content[at + 7] & 0xff;
      } else if (marker == ADOBE && length >= ADOBE_LENGTH && isAdobe(content, at + 2)) {
        transform = content[at + 13] & 0xff;
      }
      at += Math.max(2, length);
      if (marker == START_OF_SCAN) {
        at = scanEnd(content, at);
      }
    }
  }

  /** The place behind the next marker; decoders, too, pass over what stands before it. */
  private static int marker(byte[] content, int from) throws IOException {
    int at = from;
    while (at + 1 < content.length) {
      int next = content[at + 1] & 0xff;
      if (content[at] == (byte) 0xff && next != 0xff && next != 0) {
        return at + 2;
      }
      at++;
    }
    throw cutOff();
  }

  /** Where the coded data of a scan ends: at a marker that is none of its own. */
  private static int scanEnd(byte[] content, int from) throws IOException {
    for (int at = from; at + 1 < content.length; at++) {
      int next = content[at + 1] & 0xff;
      boolean restart = next >= 0xd0 && next <= 0xd7;
      if (content[at] == (byte) 0xff && next != 0 && next != 0xff && !restart) {
        return at;
      }
    }
    throw cutOff();
  }

  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
  }

  /** SOF0 to SOF15, without the tables that are numbered among them. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean isAdobe(byte[] content, int at) {
    return content[at] == 'A'
        && content[at + 1] == 'd'
        && content[at + 2] == 'o'
        && content[at + 3] == 'b'
        && content[at + 4] == 'e';
  }

  private static IOException cutOff() {
    return new IOException("it is cut off");
  }
}
