package dev.isoflop.worker.data.cache;

import static java.util.Objects.requireNonNull;

import dev.isoflop.common.HeldFolder;
import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.remote.CacheSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * Arrays of floats in a folder that the workers of a machine share, one file each, named by the
 * digest of what they were computed from.
 *
 * <p>A file appears whole or not at all: it is written under another name and then renamed. One
 * that a power cut left incomplete is found by its checksum and computed again. When the bound is
 * reached or the disk nearly full, nothing more is kept: a data set is read from end to end again
 * and again, so that throwing out the oldest would keep nothing useful. Safe for use by threads and
 * processes.
 */
public final class FeatureStore {
  /** The share of a disk that is left free. */
  private static final double LEFT_FREE = 0.1;

  private final Path folder;
  private final FileStore disk;
  private final long bound;
  private final AtomicLong used;

  private FeatureStore(Path folder, FileStore disk, long bound, long used) {
    this.folder = folder;
    this.disk = disk;
    this.bound = bound;
    this.used = new AtomicLong(used);
  }

  /**
   * Opens the store of one encoder.
   *
   * @param root the folder of all caches
   * @param maker what computes the arrays; another maker's are kept apart
   * @param bound most bytes of all files, as each process counts them when it starts
   * @throws DataException if the folder cannot be made or looked through
   */
  public static FeatureStore open(Path root, String maker, long bound) throws DataException {
    Path folder = root.resolve("features").resolve(Sha256.hex(maker));
    try {
      HeldFolder.make(folder).close();
      return new FeatureStore(folder, Files.getFileStore(folder), bound, bytesIn(folder));
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static long bytesIn(Path folder) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // another worker has renamed it just now
            }
            throw e;
          }
        });
    return bytes.get();
  }

  /**
   * The array that was kept for a key, if one was.
   *
   * @param key 64 hexadecimal digits, the digest of what the array is computed from
   * @throws DataException if the file is there and cannot be read
   */
  public Optional<float[]> find(String key) throws DataException {
    byte[] bytes;
    try (InputStream content = Files.newInputStream(place(key), LinkOption.NOFOLLOW_LINKS)) {
      bytes = content.readAllBytes();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(place(key), e);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.length - Long.BYTES;
    if (length < 0
        || length % Float.BYTES != 0
        || buffer.getLong(length) != checksum(bytes, length)) {
      return Optional.empty();
    }
    float[] values = new float[length / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    return Optional.of(values);
  }

  /**
   * Keeps an array if there is room.
   *
   * @throws DataException if it cannot be written
   */
  public void keep(String key, float[] values) throws DataException {
    int length = Math.multiplyExact(values.length, Float.BYTES);
    long size = (long) length + Long.BYTES;
    if (used.addAndGet(size) > bound) {
      used.addAndGet(-size);
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    buffer.putLong(length, checksum(buffer.array(), length));
    Path file = place(key);
    try {
      if (disk.getUsableSpace() < LEFT_FREE * disk.getTotalSpace()) {
        used.addAndGet(-size);
        return;
      }
      write(file, buffer.array());
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** If another worker was faster, its file, which has the same bits, is replaced. */
  private static void write(Path file, byte[] content) throws IOException {
    try (HeldFolder parent = HeldFolder.make(requireNonNull(file.getParent()))) {
      parent.replace(
          String.valueOf(file.getFileName()),
          ".new-" + UUID.randomUUID(),
          /* durable= */ false,
          content);
    }
  }

  /** Folders of 256 by the first two digits: no folder then holds more than files / 256. */
  private Path place(String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key.substring(2));
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }

  private static DataException unusable(Path path, IOException e) {
    return new DataException(
        Kind.Unreadable,
        "cache " + path,
        "cannot be used (" + e + ")",
        "set the environment variable "
            + CacheSettings.FOLDER
            + " to a folder with room that this"
            + " program may write to",
        e);
  }
}
