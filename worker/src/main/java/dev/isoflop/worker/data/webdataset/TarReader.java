package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.decode.Limits;
import dev.isoflop.worker.data.shard.locate.Shard;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import dev.isoflop.worker.data.shard.read.StoredSample.Flaw;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard from front to back, sample by sample. Entries that are no files, have no
 * extension, or an extension that is of no use here are passed over. A sample that lacks a part or
 * has one of no use keeps its place, with its flaw; an archive that cannot be read on is an error,
 * for nobody knows what stood behind.
 */
final class TarReader implements SampleReader {
  private static final String REMAKE = "make the shard again or copy it again from its source";

  private final String field;
  private final Shard shard;
  private final int index;
  private final Limits limits;
  private final SampleParts parts;
  private final DottedNames dotted;
  private final TarFile file;
  private final TarArchiveInputStream tar;
  private @Nullable TarArchiveEntry ahead;
  private long samples;
  private long end;
  private boolean finished;

  private long leftOut;
  private String leftOutExample = "";
  private String leftOutKey = "";
  private long leftOutOfKey;

  TarReader(
      String field, Shard shard, int index, Limits limits, SampleParts parts, DottedNames dotted)
      throws DataException {
    this.field = field;
    this.shard = shard;
    this.index = index;
    this.limits = limits;
    this.parts = parts;
    this.dotted = dotted;
    file = TarFile.open(field, shard);
    tar = new TarArchiveInputStream(file, "UTF-8");
  }

  @Override
  public Optional<StoredSample> next(Mode mode) throws DataException {
    SampleBuilder sample = null;
    while (true) {
      TarArchiveEntry entry = peek();
      if (entry == null) {
        return sample == null || sample.isOnlyLabel()
            ? Optional.empty()
            : Optional.of(built(sample));
      }
      Optional<SampleName> name = SampleName.of(entry.getName());
      boolean named = entry.isFile() && name.isPresent();
      boolean wanted = named && parts.isUsed(name.get());
      if (wanted && sample != null && !sample.key().equals(name.get().key())) {
        if (!sample.isOnlyLabel()) {
          return Optional.of(built(sample)); // the entry stays ahead: it begins the next sample
        }
        sample = null;
      }
      if (wanted) {
        if (sample == null) {
          sample = new SampleBuilder(shard.where(field), name.get().key(), parts);
        }
        used(name.get());
        Optional<Flaw> flaw = flaw(entry, name.get());
        if (flaw.isPresent()) {
          sample.flaw(flaw.get());
        } else {
          sample.add(name.get(), content(entry, name.get(), mode));
        }
      } else if (named) {
        passed(entry, name.get(), sample);
      }
      ahead = null;
    }
  }

  /** What makes a file of no use to its sample, and is of it alone. */
  private Optional<Flaw> flaw(TarArchiveEntry entry, SampleName name) {
    if (entry.isLink() || entry.isSymbolicLink()) {
      // Its content stands elsewhere: in another entry, another shard, or on another machine.
      String kind = entry.isLink() ? "hard" : "symbolic";
      return Optional.of(
          new Flaw(
              Kind.Corrupt,
              where(entry),
              "is a %s link to '%s' and no file".formatted(kind, entry.getLinkName()),
              "make the shard with tar's --dereference"
                  + (entry.isLink() ? " and --hard-dereference" : "")));
    }
    int bound = name.isCaption() ? limits.captionBytes() : limits.imageBytes();
    return entry.getSize() <= bound
        ? Optional.empty()
        : Optional.of(
            new Flaw(
                Kind.TooLarge,
                where(entry),
                "its %d bytes are over the bound of %d".formatted(entry.getSize(), bound),
                "make the shard again with smaller files"));
  }

  /** Counts a file that would be a part of a sample if names were split at their last dot. */
  private void passed(TarArchiveEntry entry, SampleName name, @Nullable SampleBuilder sample) {
    boolean looksUsed = name.atLastDot().filter(parts::isUsed).isPresent();
    if (!looksUsed || (sample != null && sample.key().equals(name.key()))) {
      return; // a mask beside its image, say
    }
    if (leftOut == 0) {
      leftOutExample = entry.getName();
    }
    leftOutOfKey = leftOutKey.equals(name.key()) ? leftOutOfKey + 1 : 1;
    leftOutKey = name.key();
    leftOut++;
  }

  /** A part of a sample: what was passed over just before, under the same key, belongs to it. */
  private void used(SampleName name) {
    if (leftOutKey.equals(name.key())) {
      leftOut -= leftOutOfKey;
      leftOutOfKey = 0;
    }
  }

  private StoredSample built(SampleBuilder sample) {
    return sample.build(new SamplePlace(shard.where(field), index, samples++));
  }

  private @Nullable TarArchiveEntry peek() throws DataException {
    if (ahead == null && !finished) {
      try {
        TarHeaders.requireBounded(file, end, shard.where(field));
        ahead = tar.getNextEntry();
        if (ahead == null) {
          finished = true;
          file.requireZerosFrom(end);
          if (leftOut > 0) {
            dotted.leftOut(shard.where(field), leftOut, leftOutExample);
          }
        } else if (!ahead.isCheckSumOK()) {
          throw corrupt("a header's checksum is wrong", null);
        } else {
          end = file.position() + ahead.getSize();
        }
      } catch (IOException | IllegalArgumentException e) {
        throw failure("is not a whole tar archive", e);
      }
    }
    return ahead;
  }

  private StoredFile content(TarArchiveEntry entry, SampleName name, Mode mode)
      throws DataException {
    long size = entry.getSize();
    if (entry.isSparse()) {
      throw new DataException(
          Kind.Corrupt, where(entry), "is stored as a sparse file", "make the shard without them");
    }
    if (mode == Mode.SKIM) {
      return StoredFile.skipped(entry.getName(), name.extension(), (int) size);
    }
    try {
      byte[] content = tar.readNBytes((int) size);
      if (content.length < size) {
        throw new EOFException(content.length + " of " + size + " bytes");
      }
      return StoredFile.read(entry.getName(), name.extension(), content);
    } catch (IOException e) {
      throw failure("is cut off in entry " + entry.getName(), e);
    }
  }

  private DataException failure(String problem, Exception cause) {
    return file.failure().isPresent() ? shard.unreadable(field, cause) : corrupt(problem, cause);
  }

  private DataException corrupt(String problem, @Nullable Exception cause) {
    String why = cause == null ? "" : " (" + cause.getMessage() + ")";
    return new DataException(Kind.Corrupt, shard.where(field), problem + why, REMAKE, cause);
  }

  private String where(TarArchiveEntry entry) {
    return shard.where(field) + ", entry " + entry.getName();
  }

  @Override
  public void close() {
    file.close();
  }
}
