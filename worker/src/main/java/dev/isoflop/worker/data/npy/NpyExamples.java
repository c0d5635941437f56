package dev.isoflop.worker.data.npy;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.array.NpyFile;
import dev.isoflop.worker.data.array.NumberType;
import dev.isoflop.worker.data.array.StoredArray;
import dev.isoflop.worker.data.indexed.IndexedExamples;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.decode.Limits;
import dev.isoflop.worker.data.shard.decode.SampleDecoder;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pictures of a list, read from their files when asked for. */
final class NpyExamples implements IndexedExamples {
  private final String where;
  private final FileStore store;
  private final Listing listing;
  private final boolean text;
  private final SampleDecoder decoder;

  NpyExamples(String field, FileStore store, Listing listing, ExampleContent content) {
    where = field + ", " + store.name();
    this.store = store;
    this.listing = listing;
    text = content.textFeatures().isPresent();
    decoder = new SampleDecoder(content);
  }

  @Override
  public int count() {
    return listing.items().size();
  }

  @Override
  public Example train(int index, CounterRandom choice) throws DataException {
    return decoder.decode(sample(index), choice);
  }

  @Override
  public Example evaluate(int index) throws DataException {
    return decoder.evaluate(sample(index));
  }

  private StoredSample sample(int index) throws DataException {
    Listing.Item item = listing.items().get(index);
    return new StoredSample(
        new SamplePlace(where, 0, index),
        item.latents(),
        file(item.latents(), "npy"),
        Optional.of(caption(item)),
        text ? Optional.of(file(item.text(), "npz")) : Optional.empty());
  }

  private StoredFile caption(Listing.Item item) throws DataException {
    if (!item.labelFile().isEmpty()) {
      StoredFile stored = file(item.labelFile(), "npy");
      String place = where + ", entry " + stored.name();
      StoredArray label = NpyFile.read(stored.content(), place);
      if (label.length() != 1) {
        throw new DataException(
            Kind.Corrupt, place, "holds %s and not one label".formatted(label), "store one label");
      }
      return label(stored.name(), (long) label.get(0));
    }
    if (item.label() < 0) {
      byte[] prompt = item.caption().getBytes(StandardCharsets.UTF_8);
      return StoredFile.read(listing.file() + " of " + item.latents(), "txt", prompt);
    }
    return label(listing.file() + " of " + item.latents(), item.label());
  }

  private static StoredFile label(String name, long number) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    return StoredFile.read(name, NumberType.Int64.label(), bytes);
  }

  private StoredFile file(String name, String extension) throws DataException {
    try {
      return StoredFile.read(name, extension, store.read(name, Limits.DEFAULT.imageBytes()));
    } catch (NoSuchFileException e) {
      requireStore(e);
      throw fault(Kind.Missing, name, "is not there", "put it back or list it no more", e);
    } catch (FileStore.DamagedException e) {
      throw fault(Kind.Corrupt, name, String.valueOf(e.getMessage()), "copy the archive again", e);
    } catch (FileStore.TooLargeException e) {
      throw fault(Kind.TooLarge, name, String.valueOf(e.getMessage()), "store smaller latents", e);
    } catch (IOException e) {
      throw fault(
          Kind.Unreadable, name, "cannot be read (" + e + ")", "check the disk or the archive", e);
    }
  }

  /** A file that is missing is one sample; a folder that is not mounted any more is none. */
  private void requireStore(NoSuchFileException cause) throws DataException {
    boolean there;
    try {
      there =
          listing.file().isEmpty() ? !store.folders("").isEmpty() : store.size(listing.file()) >= 0;
    } catch (IOException e) {
      there = false;
    }
    if (!there) {
      throw new DataException(
          Kind.Unreadable, where, "is gone", "put it back, or mount it again", cause);
    }
  }

  private DataException fault(
      Kind kind, String file, String problem, String remedy, IOException cause) {
    return new DataException(kind, where + ", entry " + file, problem, remedy, cause);
  }

  /** Every file that is read, the list first, if there is one. */
  List<String> files() {
    List<String> files = new ArrayList<>();
    if (!listing.file().isEmpty()) {
      files.add(listing.file());
    }
    for (Listing.Item item : listing.items()) {
      files.add(item.latents());
      if (!item.labelFile().isEmpty()) {
        files.add(item.labelFile());
      }
      if (text) {
        files.add(item.text());
      }
    }
    return files;
  }
}
