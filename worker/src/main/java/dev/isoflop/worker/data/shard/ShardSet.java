package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Sha256;
import dev.isoflop.worker.data.webdataset.ShardReader.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The shards of one data set and what can be known of them as a whole. Safe for use by threads. */
final class ShardSet {
  private static final long NOT_COUNTED = -1;

  private final String field;
  private final List<Path> shards;
  private final Limits limits;
  private final AtomicLong count = new AtomicLong(NOT_COUNTED);

  ShardSet(String field, List<Path> shards, Limits limits) {
    this.field = field;
    this.shards = List.copyOf(shards);
    this.limits = limits;
  }

  List<Path> shards() {
    return shards;
  }

  /** The shards with all links resolved, so that one file has one name. */
  List<Path> realPaths() throws DataException {
    List<Path> real = new ArrayList<>(shards.size());
    for (Path shard : shards) {
      try {
        real.add(shard.toRealPath());
      } catch (IOException e) {
        throw ShardFile.unreadable(field, shard, e);
      }
    }
    return real;
  }

  /** The shards in the order of one epoch. */
  List<Path> order(long seed, long epoch) {
    return Shuffle.shards(shards, seed, epoch);
  }

  ShardChain chain(List<Path> order) {
    return new ShardChain(field, order, limits);
  }

  /** All samples, at least one; looks through every header the first time. */
  long count() throws DataException {
    if (count.get() == NOT_COUNTED) {
      count.set(countUpTo(Long.MAX_VALUE));
    }
    if (count.get() == 0) {
      throw empty();
    }
    return count.get();
  }

  /** Fails unless there are enough for an evaluation; stops looking when there are. */
  void requireForEvaluation(long needed) throws DataException {
    long found = count.get() == NOT_COUNTED ? countUpTo(needed) : count.get();
    if (found < needed) {
      throw new DataException(
          Kind.TooFew,
          field,
          "holds %d samples but evaluation.samples asks for %d".formatted(found, needed),
          "add shards or set evaluation.samples to %d or less".formatted(found));
    }
  }

  private long countUpTo(long enough) throws DataException {
    long found = 0;
    try (ShardChain chain = chain(shards)) {
      while (found < enough && chain.next(Mode.SKIM).isPresent()) {
        found++;
      }
    }
    return found;
  }

  DataException empty() {
    return new DataException(
        Kind.TooFew,
        field,
        "holds 0 samples in its " + shards.size() + " shards but training needs at least 1",
        "name shards with key.png, .jpg or .webp beside key.txt or .json");
  }

  DataException changed() {
    return new DataException(
        Kind.Corrupt,
        field,
        "its shards hold fewer samples than a moment ago",
        "shards must stay as they are while a sweep runs");
  }

  /** The digest that {@link WebDataset#digest} describes. */
  String digest() throws DataException {
    long bytes = 0;
    for (Path shard : shards) {
      bytes += size(shard);
    }
    boolean whole = bytes <= DIGESTED_WHOLE;
    MessageDigest digest = Sha256.start();
    for (Path shard : shards) {
      long size = size(shard);
      digest.update((shard.getFileName() + "\n" + size + "\n").getBytes(StandardCharsets.UTF_8));
      if (whole) {
        add(digest, shard, 0, size);
      } else {
        for (long start : new long[] {0, size / 2, Math.max(0, size - 4 * WINDOW)}) {
          add(digest, shard, start, Math.min(size, start + WINDOW));
        }
      }
    }
    return Sha256.finish(digest);
  }

  /** Data sets up to this size are digested whole. */
  static final long DIGESTED_WHOLE = 256L << 20;

  private static final int WINDOW = 1 << 14;

  private long size(Path shard) throws DataException {
    try {
      return Files.size(shard);
    } catch (IOException e) {
      throw ShardFile.unreadable(field, shard, e);
    }
  }

  private void add(MessageDigest digest, Path shard, long start, long end) throws DataException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (FileChannel channel = FileChannel.open(shard)) {
      for (long at = start; at < end; at += buffer.limit()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
        if (channel.read(buffer, at) <= 0) {
          throw new IOException("it got shorter while it was read");
        }
        digest.update(buffer.flip());
      }
    } catch (IOException e) {
      throw ShardFile.unreadable(field, shard, e);
    }
  }
}
