package dev.isoflop.worker.data.idx;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Header of an IDX file.
 *
 * @param items entries: images or labels
 * @param itemSizes the sizes of one entry, empty for labels
 */
record IdxHeader(int items, List<Integer> itemSizes) {
  IdxHeader {
    itemSizes = List.copyOf(itemSizes);
  }

  private static final int UNSIGNED_BYTE = 8;

  /** No image of this format's sets has a side of more than a few hundred. */
  static final int MAXIMUM_SIDE = 4096;

  /**
   * Reads it from the start of a file.
   *
   * @param dimensions how many the file must have: 3 for images, 1 for labels
   * @throws IOException saying what is wrong with it
   */
  static IdxHeader read(InputStream input, int dimensions) throws IOException {
    DataInputStream data = new DataInputStream(input);
    try {
      int magic = data.readInt();
      if (magic >>> 16 != 0) {
        throw new IOException("it does not begin like an IDX file");
      }
      if ((magic >>> 8 & 0xff) != UNSIGNED_BYTE) {
        throw new IOException(
            "its values have type 0x%02x, and only unsigned bytes, 0x08, are read"
                .formatted(magic >>> 8 & 0xff));
      }
      if ((magic & 0xff) != dimensions) {
        throw new IOException(
            "it has %d dimensions instead of %d".formatted(magic & 0xff, dimensions));
      }
      int items = data.readInt();
      if (items < 1) {
        throw new IOException("its number of entries is " + Integer.toUnsignedString(items));
      }
      List<Integer> sizes = new ArrayList<>();
      for (int i = 1; i < dimensions; i++) {
        int size = data.readInt();
        if (size < 1 || size > MAXIMUM_SIDE) {
          throw new IOException(
              "a side of its images is %s, not within 1 to %d"
                  .formatted(Integer.toUnsignedString(size), MAXIMUM_SIDE));
        }
        sizes.add(size);
      }
      return new IdxHeader(items, sizes);
    } catch (EOFException e) {
      throw new IOException("it ends within its header", e);
    }
  }

  /** Bytes of the header itself. */
  int length() {
    return Integer.BYTES * (2 + itemSizes.size());
  }

  /** Bytes of one entry. */
  int itemBytes() {
    int bytes = 1;
    for (int size : itemSizes) {
      bytes *= size;
    }
    return bytes;
  }

  /** Bytes of all entries. */
  long bytes() {
    return (long) items * itemBytes();
  }
}
