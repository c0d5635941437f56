package dev.isoflop.worker.data.shard.stream;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.locate.Shard;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.SampleReader.Mode;
import dev.isoflop.worker.data.shard.read.ShardFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The shards of one data set and what can be known of them as a whole. Safe for use by threads. */
public final class ShardSet {
  private static final long NOT_COUNTED = -1;

  private final String field;
  private final List<Shard> shards;
  private final ShardFormat format;
  private final AtomicLong count = new AtomicLong(NOT_COUNTED);

  /**
   * Shards in their stored order.
   *
   * @param field the setting that named them, for errors
   */
  public ShardSet(String field, List<? extends Shard> shards, ShardFormat format) {
    this.field = field;
    this.shards = List.copyOf(shards);
    this.format = format;
  }

  String field() {
    return field;
  }

  List<Shard> shards() {
    return shards;
  }

  /** The shards' places in the order of one epoch. */
  List<Integer> order(long seed, long epoch) {
    return Shuffle.shards(storedOrder(), seed, epoch);
  }

  List<Integer> storedOrder() {
    return IntStream.range(0, shards.size()).boxed().toList();
  }

  SampleReader open(int index) throws DataException {
    return format.open(field, shards.get(index), index);
  }

  ShardChain chain(List<Integer> order) {
    return new ShardChain(this, order);
  }

  /** How many samples there are, if somebody went through all of them. */
  Optional<Long> knownCount() {
    return count.get() == NOT_COUNTED ? Optional.empty() : Optional.of(count.get());
  }

  /** Keeps what somebody who went through all samples counted. */
  void counted(long samples) {
    count.set(samples);
  }

  /** All samples, at least one; looks through every header the first time. */
  long count() throws DataException {
    if (knownCount().isEmpty()) {
      counted(countUpTo(Long.MAX_VALUE));
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
    try (ShardChain chain = chain(storedOrder())) {
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
        format.advice());
  }

  DataException changed() {
    return new DataException(
        Kind.Corrupt,
        field,
        "its shards hold fewer samples than a moment ago",
        "shards must stay as they are while a sweep runs");
  }
}
