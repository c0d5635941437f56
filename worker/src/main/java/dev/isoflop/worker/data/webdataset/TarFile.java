package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.shard.locate.Shard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a shard, buffered, with skipping that costs nothing. It knows what a stream of bytes
 * alone does not: whether a failure came from the disk or from the content, and whether the archive
 * is there to its end. A tar cut off between two entries looks whole to tar readers, so the blocks
 * of zeros that end every archive are required.
 */
final class TarFile extends InputStream {
  private static final int BLOCK = 512;
  private static final int BUFFER = 1 << 16;

  /**
   * What is read first after a jump: the header there, and not the content that is skipped next.
   */
  private static final int AFTER_JUMP = 1 << 12;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
  private int nextRead = BUFFER;
  private @Nullable IOException failure;

  private TarFile(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  static TarFile open(String field, Shard shard) throws DataException {
    FileChannel channel = shard.open(field);
    boolean done = false;
    try {
      TarFile file = new TarFile(channel, channel.size());
      Optional<OtherFormat> other = OtherFormat.of(file.peek(0, OtherFormat.BYTES));
      if (other.isPresent()) {
        throw other.get().fault(shard.where(field));
      }
      done = true;
      return file;
    } catch (IOException e) {
      throw shard.unreadable(field, e);
    } finally {
      if (!done) {
        closed(channel);
      }
    }
  }

  private static void closed(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read from, so nothing is lost.
    }
  }

  /** What the file system failed with, if it did. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** How many bytes were taken. */
  long position() throws IOException {
    return channel.position() - buffer.remaining();
  }

  /**
   * The bytes at a place, without moving there; fewer at the end of the file.
   *
   * @param at from the start of the file
   */
  ByteBuffer peek(long at, int length) throws IOException {
    long start = channel.position() - buffer.limit();
    if (at >= start && at + length <= start + buffer.limit()) {
      return buffer
          .duplicate()
          .limit((int) (at - start) + length)
          .position((int) (at - start))
          .slice();
    }
    ByteBuffer target = ByteBuffer.allocate(length);
    try {
      while (target.hasRemaining() && channel.read(target, at + target.position()) > 0) {
        // the next piece
      }
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    return target.flip();
  }

  /**
   * Fails unless nothing but zeros, two blocks of them or more, follow the last entry. A reader
   * that meets a zeroed header stops there, and one that meets the end of the file does not
   * complain.
   *
   * @param end where the last entry's content ends
   */
  void requireZerosFrom(long end) throws IOException {
    long at = (end + BLOCK - 1) / BLOCK * BLOCK;
    if (size - at < 2 * BLOCK) {
      throw new IOException("it does not end in two blocks of zeros");
    }
    try {
      channel.position(at);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    buffer.clear().flip();
    while (fill()) {
      while (buffer.hasRemaining()) {
        if (buffer.get() != 0) {
          throw new IOException("data goes on after the archive's end mark");
        }
      }
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }

  /** Moves on without reading, never past the end. */
  @Override
  public long skip(long count) throws IOException {
    if (count <= 0) {
      return 0;
    }
    try {
      int buffered = (int) Math.min(count, buffer.remaining());
      buffer.position(buffer.position() + buffered);
      long beyond = Math.min(count - buffered, size - channel.position());
      if (beyond > 0) {
        channel.position(channel.position() + beyond);
        nextRead = AFTER_JUMP;
      }
      return buffered + Math.max(0, beyond);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(Integer.MAX_VALUE, size - channel.position() + buffer.remaining());
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    buffer.clear().limit(nextRead);
    nextRead = Math.min(BUFFER, 4 * nextRead);
    try {
      return channel.read(buffer) > 0;
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      buffer.flip();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      failure = e; // it was only read from, so nothing is lost
    }
  }
}
