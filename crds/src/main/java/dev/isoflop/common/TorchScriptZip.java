package dev.isoflop.common;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that {@code torch.jit.save} writes: uncompressed, with everything below one folder. The
 * bytes depend on the content alone.
 */
public final class TorchScriptZip {
  /** A pickle (protocol 2) of the empty tuple. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private final ZipOutputStream zip;
  private final String root;

  /**
   * Begins an archive.
   *
   * @param output stays open
   * @param root the folder, such as {@code isoflop}
   */
  public TorchScriptZip(OutputStream output, String root) {
    this.zip = new ZipOutputStream(output);
    this.root = root;
  }

  /** Adds a file, such as {@code data.pkl} or {@code code/__torch__.py}. */
  public void put(String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(root + "/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** Ends the archive with what every one needs: no constants, the format and the byte order. */
  public void finish() throws IOException {
    put("constants.pkl", NO_CONSTANTS);
    put("version", "10\n".getBytes(StandardCharsets.US_ASCII));
    put("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    zip.finish();
  }
}
