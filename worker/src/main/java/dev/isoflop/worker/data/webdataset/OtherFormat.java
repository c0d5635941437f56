package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is often named in place of tar files, told by its first bytes. A tar begins with a file's
 * name, so each of these holds a byte that no name begins with.
 */
enum OtherFormat {
  GZIP("1f8b", "is compressed with gzip", "unpack it with gunzip"),
  ZSTD("28b52ffd", "is compressed with zstd", "unpack it with unzstd"),
  BZIP2("425a683.314159265359", "is compressed with bzip2", "unpack it with bunzip2"),
  XZ("fd377a585a00", "is compressed with xz", "unpack it with unxz"),
  ZIP("504b0304", "is a zip archive and no tar", "pack its files into tars"),
  PARQUET(
      "5041523115",
      "is a Parquet file, which is not read",
      "write its pictures and captions into tars or MDS shards");

  /** Bytes that tell. */
  static final int BYTES = 10;

  private final String start;
  private final String problem;
  private final String remedy;

  /**
   * A format.
   *
   * @param start its first bytes as a pattern of hexadecimal digits
   */
  OtherFormat(String start, String problem, String remedy) {
    this.start = start;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The format that a file begins like; empty for none of these. */
  static Optional<OtherFormat> of(ByteBuffer beginning) {
    byte[] bytes = new byte[beginning.remaining()];
    beginning.duplicate().get(bytes);
    String digits = HexFormat.of().formatHex(bytes);
    return Arrays.stream(values())
        .filter(format -> digits.matches(format.start + ".*"))
        .findFirst();
  }

  /** The manifest names what can never be read. */
  DataException fault(String where) {
    return new DataException(Kind.Setting, where, problem, remedy);
  }
}
