package dev.isoflop.operator.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes files out of a package's archive into memory; nothing is unpacked. */
final class PackageArchive {
  /** Far above the largest file taken, and low enough to be harmless. */
  private static final int MAXIMUM_FILE = 16 << 20;

  private PackageArchive() {}

  /** The files whose names are wanted, sorted by name. */
  static SortedMap<String, byte[]> files(Path archive, Predicate<String> wanted)
      throws DatasetException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && wanted.test(entry.getName())) {
          files.put(entry.getName(), content(tar, entry));
        }
      }
    } catch (IOException e) {
      throw new DatasetException(
          "cannot read " + archive + " (" + e + ")", "fetch the package again", e);
    }
    return files;
  }

  private static byte[] content(TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    if (entry.getSize() > MAXIMUM_FILE) {
      throw new IOException(entry.getName() + " is larger than " + MAXIMUM_FILE + " bytes");
    }
    byte[] content = tar.readNBytes((int) entry.getSize());
    if (content.length < entry.getSize()) {
      throw new EOFException(entry.getName() + " is cut off");
    }
    return content;
  }
}
