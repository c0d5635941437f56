package dev.isoflop.worker.data.npy;

import dev.isoflop.worker.data.shard.locate.LocalShard;
import dev.isoflop.worker.data.shard.locate.Shard;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Files in a zip archive, which stays open. Its names are labels: nothing is unpacked. */
final class ZipStore implements FileStore {
  private final Path path;
  private final ZipFile zip;

  private ZipStore(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /** Reads the list of files at the archive's end. */
  static ZipStore open(Path path) throws IOException {
    try {
      return new ZipStore(path, ZipFile.builder().setPath(path).get());
    } catch (RuntimeException e) { // how its reader answers some damaged archives
      throw new IOException("is not a whole zip archive (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public byte[] read(String file, int bound) throws IOException {
    ZipArchiveEntry entry = entry(file);
    if (entry.getSize() > bound) {
      throw new TooLargeException(entry.getSize(), bound);
    }
    synchronized (zip) {
      try (InputStream input = zip.getInputStream(entry)) {
        byte[] content = input.readNBytes(bound + 1);
        if (content.length > bound) {
          throw new TooLargeException(content.length, bound);
        }
        if (content.length != entry.getSize()) {
          throw new DamagedException(
              "%d bytes came instead of %d".formatted(content.length, entry.getSize()), null);
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != entry.getCrc()) {
          throw new DamagedException("its checksum is wrong", null);
        }
        return content;
      } catch (ZipException | EOFException | RuntimeException e) { // how its reader answers damage
        throw new DamagedException("cannot be unpacked (" + e.getMessage() + ")", e);
      }
    }
  }

  @Override
  public long size(String file) throws IOException {
    return entry(file).getSize();
  }

  private ZipArchiveEntry entry(String file) throws NoSuchFileException {
    ZipArchiveEntry entry = zip.getEntry(file);
    if (entry == null) {
      throw new NoSuchFileException(file);
    }
    return entry;
  }

  /** None: PixArt's layout is not given out in archives. */
  @Override
  public List<String> folders(String parent) {
    return List.of();
  }

  @Override
  public List<String> below(String parent, String suffix) {
    String start = parent.isEmpty() ? "" : parent + "/";
    return Collections.list(zip.getEntries()).stream()
        .filter(entry -> !entry.isDirectory())
        .map(ZipArchiveEntry::getName)
        .filter(name -> name.startsWith(start) && name.endsWith(suffix))
        .sorted()
        .toList();
  }

  @Override
  public List<Shard> digested(List<String> files) {
    return List.of(new LocalShard(path));
  }
}
