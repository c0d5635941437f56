package dev.isoflop.worker.data.mds;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The bytes of a shard at any place: in its file, or unpacked in memory. */
final class MdsBytes implements AutoCloseable {
  /** Shards are 64 MiB unless somebody asked for more; compressed ones must fit into memory. */
  private static final long MOST_UNPACKED = 256L << 20;

  private final FileChannel channel;
  private final ByteBuffer unpacked;
  private final boolean inMemory;
  private final String where;

  private MdsBytes(FileChannel channel, ByteBuffer unpacked, boolean inMemory, String where) {
    this.channel = channel;
    this.unpacked = unpacked;
    this.inMemory = inMemory;
    this.where = where;
  }

  static MdsBytes open(String field, MdsShard shard) throws DataException {
    String where = shard.where(field);
    FileChannel channel = shard.open(field);
    boolean done = false;
    try {
      ByteBuffer unpacked = ByteBuffer.allocate(0);
      boolean compressed = shard.compression() != MdsCompression.NONE;
      if (compressed) {
        unpacked = unpack(shard.compression(), channel, shard.rawBytes(), where);
      } else if (channel.size() != shard.rawBytes()) {
        throw corrupt(
            where,
            "has %d bytes, but its index says %d".formatted(channel.size(), shard.rawBytes()));
      }
      done = true;
      return new MdsBytes(channel, unpacked, compressed, where);
    } catch (IOException e) {
      throw shard.unreadable(field, e);
    } finally {
      if (!done) {
        closed(channel);
      }
    }
  }

  private static ByteBuffer unpack(
      MdsCompression compression, FileChannel channel, long bytes, String where)
      throws DataException, IOException {
    if (bytes > MOST_UNPACKED) {
      throw new DataException(
          Kind.TooLarge,
          where,
          "unpacks to %d bytes, over the bound of %d".formatted(bytes, MOST_UNPACKED),
          "write smaller shards, or without compression");
    }
    byte[] packed = packed(channel, where);
    try (InputStream zip = compression.unpacked(new ByteArrayInputStream(packed))) {
      byte[] content = zip.readNBytes((int) bytes + 1);
      if (content.length != bytes) {
        throw corrupt(where, "does not unpack to the " + bytes + " bytes that its index says");
      }
      return ByteBuffer.wrap(content);
    } catch (IOException | RuntimeException e) { // its bytes are in memory: they are at fault
      throw corrupt(where, "is not whole (" + e.getMessage() + ")");
    }
  }

  /** The whole file, so that a disk's failure is told from a damaged content. */
  private static byte[] packed(FileChannel channel, String where)
      throws DataException, IOException {
    if (channel.size() > MOST_UNPACKED) {
      throw new DataException(
          Kind.TooLarge,
          where,
          "has %d bytes packed, over the bound of %d".formatted(channel.size(), MOST_UNPACKED),
          "write smaller shards");
    }
    byte[] packed = new byte[(int) channel.size()];
    ByteBuffer rest = ByteBuffer.wrap(packed);
    while (rest.hasRemaining() && channel.read(rest, rest.position()) > 0) {
      // the next piece
    }
    return packed; // of a file that got shorter meanwhile, zeros are no whole end
  }

  /** Little-endian bytes from a place; all of them must be there. */
  ByteBuffer read(long at, int count) throws DataException, IOException {
    ByteBuffer target = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    if (inMemory) {
      if (at + count > unpacked.capacity()) {
        throw corrupt(where, "is cut off");
      }
      return target.put(unpacked.duplicate().position((int) at).limit((int) at + count)).flip();
    }
    while (target.hasRemaining()) {
      if (channel.read(target, at + target.position()) < 0) {
        throw corrupt(where, "is cut off");
      }
    }
    return target.flip();
  }

  static DataException corrupt(String where, String problem) {
    return new DataException(
        Kind.Corrupt, where, problem, "copy the shard again, or write the data set again");
  }

  private static void closed(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read from, so nothing is lost.
    }
  }

  @Override
  public void close() {
    closed(channel);
  }
}
