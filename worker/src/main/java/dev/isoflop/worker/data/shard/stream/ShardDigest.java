package dev.isoflop.worker.data.shard.stream;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.shard.locate.Shard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** The digest that {@link ShardDataset#digest} describes. */
public final class ShardDigest {
  /** Data sets up to this size are digested whole. */
  private static final long DIGESTED_WHOLE = 256L << 20;

  private static final int WINDOW = 1 << 14;

  private final String field;
  private final List<Shard> shards;

  /** Of files in an order. */
  public ShardDigest(String field, List<Shard> shards) {
    this.field = field;
    this.shards = shards;
  }

  /**
   * The digest.
   *
   * @param content what else it covers
   * @throws DataException if one of them cannot be read
   */
  public String of(String content) throws DataException {
    long bytes = 0;
    for (Shard shard : shards) {
      bytes += size(shard);
    }
    boolean whole = bytes <= DIGESTED_WHOLE;
    MessageDigest digest = Sha256.start();
    digest.update(content.getBytes(StandardCharsets.UTF_8));
    for (Shard shard : shards) {
      add(digest, shard, whole);
    }
    return Sha256.finish(digest);
  }

  private long size(Shard shard) throws DataException {
    try (FileChannel channel = shard.open(field)) {
      return channel.size();
    } catch (IOException e) {
      throw shard.unreadable(field, e);
    }
  }

  private void add(MessageDigest digest, Shard shard, boolean whole) throws DataException {
    try (FileChannel channel = shard.open(field)) {
      long size = channel.size();
      digest.update((shard.fileName() + "\n" + size + "\n").getBytes(StandardCharsets.UTF_8));
      if (whole) {
        add(digest, channel, 0, size);
      } else {
        for (long start : new long[] {0, size / 2, Math.max(0, size - 4 * WINDOW)}) {
          add(digest, channel, start, Math.min(size, start + WINDOW));
        }
      }
    } catch (IOException e) {
      throw shard.unreadable(field, e);
    }
  }

  private static void add(MessageDigest digest, FileChannel channel, long start, long end)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (long at = start; at < end; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      if (channel.read(buffer, at) <= 0) {
        throw new IOException("it got shorter while it was read");
      }
      digest.update(buffer.flip());
    }
  }
}
