package dev.isoflop.worker.data.mds;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Compression of a set's shards. */
enum MdsCompression {
  NONE,
  GZIP,
  BZIP2,
  ZSTD;

  /** By its name in an index, which a level may follow: {@code zstd:7}. */
  static Optional<MdsCompression> of(String name) {
    int colon = name.indexOf(':');
    return switch (colon < 0 ? name : name.substring(0, colon)) {
      case "gz" -> Optional.of(GZIP);
      case "bz2" -> Optional.of(BZIP2);
      case "zstd" -> Optional.of(ZSTD);
      default -> Optional.empty();
    };
  }

  /**
   * What was packed.
   *
   * @throws IOException if it does not begin as such files do; so does what it returns where it is
   *     damaged further on
   */
  InputStream unpacked(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP -> new GZIPInputStream(packed, 1 << 16);
      case BZIP2 -> new BZip2CompressorInputStream(packed, true);
      case ZSTD -> new ZstdCompressorInputStream(packed);
    };
  }
}
