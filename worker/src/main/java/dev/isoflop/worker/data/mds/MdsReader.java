package dev.isoflop.worker.data.mds;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.decode.Limits;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import dev.isoflop.worker.data.shard.read.StoredSample.Flaw;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads one shard: 32-bit little-endian numbers n, then n + 1 offsets, then a description that the
 * index holds too, then the samples. A sample is the sizes of its columns without a fixed size,
 * then the columns.
 *
 * <p>Samples with an empty input are passed over: it is how pictures too small for a latent size
 * are marked.
 */
final class MdsReader implements SampleReader {
  private final String field;
  private final MdsShard shard;
  private final int index;
  private final MdsColumns used;
  private final Limits limits;
  private final String where;
  private final MdsBytes bytes;
  private final ByteBuffer offsets;
  private final int samples;
  private final int[] sizes;
  private int next;
  private long returned;

  MdsReader(String field, MdsShard shard, int index, MdsColumns used, Limits limits)
      throws DataException {
    this.field = field;
    this.shard = shard;
    this.index = index;
    this.used = used;
    this.limits = limits;
    where = shard.where(field);
    sizes = new int[shard.columns().size()];
    bytes = MdsBytes.open(field, shard);
    boolean done = false;
    try {
      long head = 8 + 4 * shard.samples();
      if (head > shard.rawBytes() || bytes.read(0, 4).getInt() != (int) shard.samples()) {
        throw MdsBytes.corrupt(
            where, "does not begin with the %d samples of its index".formatted(shard.samples()));
      }
      samples = (int) shard.samples();
      offsets = bytes.read(4, (int) head - 4);
      done = true;
    } catch (IOException e) {
      throw shard.unreadable(field, e);
    } finally {
      if (!done) {
        bytes.close();
      }
    }
  }

  @Override
  public Optional<StoredSample> next(Mode mode) throws DataException {
    try {
      while (next < samples) {
        Optional<StoredSample> sample = sample(next, mode);
        next++;
        if (sample.isPresent()) {
          returned++;
          return sample;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw shard.unreadable(field, e);
    }
  }

  private long offset(int sample) {
    return offsets.getInt(4 * sample) & 0xffffffffL;
  }

  private Optional<StoredSample> sample(int number, Mode mode) throws DataException, IOException {
    long start = offset(number);
    long end = offset(number + 1);
    if (start < 8 + 4L * samples || end < start || end > shard.rawBytes()) {
      throw MdsBytes.corrupt(
          where, "has sample %d at the bytes %d to %d".formatted(number, start, end));
    }
    long content = start + readSizes(number, start, end);
    long expected = content;
    for (int size : sizes) {
      expected += size & 0xffffffffL;
    }
    if (expected != end) {
      throw MdsBytes.corrupt(where, "has columns of other sizes than sample " + number);
    }
    if (sizes[used.input().place()] == 0) {
      return Optional.empty();
    }
    SamplePlace place = new SamplePlace(where, index, returned);
    Optional<Flaw> flaw = flaw(number);
    if (flaw.isPresent()) {
      return Optional.of(StoredSample.flawed(place, Integer.toString(number), flaw.get()));
    }
    StoredFile input = part(used.input(), content, number, mode);
    Optional<StoredFile> caption = Optional.empty();
    if (used.caption().isPresent()) {
      caption = Optional.of(part(used.caption().get(), content, number, mode));
    }
    Optional<StoredFile> text = Optional.empty();
    if (used.text().isPresent()) {
      text = Optional.of(part(used.text().get(), content, number, mode));
    }
    return Optional.of(new StoredSample(place, Integer.toString(number), input, caption, text));
  }

  /** Fills {@code sizes}; returns how many bytes of the sample they take. */
  private int readSizes(int number, long start, long end) throws DataException, IOException {
    int variable = 0;
    for (MdsColumn column : shard.columns()) {
      variable += column.fixedBytes().isPresent() ? 0 : 1;
    }
    if (4L * variable > end - start) {
      throw MdsBytes.corrupt(where, "has no room for the sizes of sample " + number);
    }
    ByteBuffer head = bytes.read(start, 4 * variable);
    for (int i = 0; i < sizes.length; i++) {
      MdsColumn column = shard.columns().get(i);
      sizes[i] = column.fixedBytes().isPresent() ? column.fixedBytes().getAsInt() : head.getInt();
    }
    return 4 * variable;
  }

  /** The first part of a sample, of those that are used, that is over its bound. */
  private Optional<Flaw> flaw(int number) {
    return flaw(used.input(), number, limits.imageBytes())
        .or(() -> used.caption().flatMap(use -> flaw(use, number, limits.captionBytes())))
        .or(() -> used.text().flatMap(use -> flaw(use, number, limits.imageBytes())));
  }

  private Optional<Flaw> flaw(MdsColumns.Use use, int number, int bound) {
    long size = sizes[use.place()] & 0xffffffffL;
    return size <= bound
        ? Optional.empty()
        : Optional.of(
            new Flaw(
                Kind.TooLarge,
                where + ", entry " + name(use, number),
                "its %d bytes are over the bound of %d".formatted(size, bound),
                "write the data set again with smaller samples"));
  }

  private String name(MdsColumns.Use use, int number) {
    return "column %s of sample %d".formatted(shard.columns().get(use.place()).name(), number);
  }

  private StoredFile part(MdsColumns.Use use, long content, int number, Mode mode)
      throws DataException, IOException {
    String name = name(use, number);
    long size = sizes[use.place()] & 0xffffffffL;
    if (mode == Mode.SKIM) {
      return StoredFile.skipped(name, use.extension(), (int) size);
    }
    long at = content;
    for (int i = 0; i < use.place(); i++) {
      at += sizes[i] & 0xffffffffL;
    }
    return StoredFile.read(name, use.extension(), bytes.read(at, (int) size).array());
  }

  @Override
  public void close() {
    bytes.close();
  }
}
