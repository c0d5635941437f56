package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Looks at the headers before an entry ahead of the tar reader, which reads into memory whatever
 * length they state: of a long name, a long link, or the records of the pax format.
 */
final class TarHeaders {
  private static final int BLOCK = 512;
  private static final int TYPE = 156;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int SPARSE_GOES_ON = 482;

  /** Paths have 4096 bytes at most, and programs write few records. */
  private static final int MOST_BYTES = 1 << 20;

  /** A pax header, a long name and a long link; some programs write one of them twice. */
  private static final int MOST_HEADERS = 8;

  private static final String REMAKE = "make the shard again";

  private TarHeaders() {}

  /**
   * Fails if the headers of the entry that follows are beyond what programs write.
   *
   * @param end where the content before it ends
   * @param where the shard, for errors
   */
  static void requireBounded(TarFile file, long end, String where)
      throws IOException, DataException {
    long at = roundedUp(end);
    for (int headers = 0; ; headers++) {
      ByteBuffer header = file.peek(at, BLOCK);
      if (header.remaining() < BLOCK) {
        return; // the reader tells that it is cut off
      }
      byte type = header.get(TYPE);
      if (type == 'S' && header.get(SPARSE_GOES_ON) != 0) {
        throw sparse(where, at);
      }
      if (!isOfNextEntry(type)) {
        return;
      }
      long size = size(header);
      if (size < 0) {
        return; // the reader tells that it is damaged
      }
      if (size > MOST_BYTES || headers == MOST_HEADERS) {
        throw new DataException(
            Kind.TooLarge,
            where,
            size > MOST_BYTES
                ? "the name or record at byte %d has %d bytes, over the bound of %d"
                    .formatted(at, size, MOST_BYTES)
                : "more than %d headers of one entry stand at byte %d".formatted(MOST_HEADERS, at),
            REMAKE);
      }
      if (type == 'x' && holdsSparseMap(file.peek(at + BLOCK, (int) size))) {
        throw sparse(where, at);
      }
      at = roundedUp(at + BLOCK + size);
    }
  }

  private static boolean isOfNextEntry(byte type) {
    return type == 'L' || type == 'K' || type == 'x' || type == 'X' || type == 'g';
  }

  private static long size(ByteBuffer header) {
    byte[] field = new byte[SIZE_LENGTH];
    header.get(SIZE, field);
    try {
      return TarUtils.parseOctalOrBinary(field, 0, SIZE_LENGTH);
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /** Whether records describe a file with holes, whose map the reader would keep in memory. */
  private static boolean holdsSparseMap(ByteBuffer records) {
    return StandardCharsets.ISO_8859_1.decode(records).toString().contains("GNU.sparse.");
  }

  private static DataException sparse(String where, long at) {
    return new DataException(
        Kind.Corrupt,
        where,
        "the entry at byte %d is stored as a sparse file".formatted(at),
        REMAKE);
  }

  private static long roundedUp(long at) {
    return (at + BLOCK - 1) / BLOCK * BLOCK;
  }
}
