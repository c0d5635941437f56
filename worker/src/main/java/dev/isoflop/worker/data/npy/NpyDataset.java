package dev.isoflop.worker.data.npy;

import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.LocalFile;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.data.indexed.IndexedDataset;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.stream.ShardDigest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Latents of one npy file each, in an order that every pass shuffles as a whole. */
public final class NpyDataset extends IndexedDataset {
  private final String field;
  private final FileStore store;
  private final ExampleContent content;
  private final NpyExamples examples;

  private NpyDataset(
      String name,
      String field,
      Path root,
      FileStore store,
      ExampleContent content,
      NpyExamples examples) {
    super(name, content.imageShape(), examples, content.broken(), field, root);
    this.field = field;
    this.store = store;
    this.content = content;
    this.examples = examples;
  }

  /**
   * Reads the list of a set; latents are first looked at when an example is decoded.
   *
   * @param field the setting of the folder or zip file, named in errors
   * @param directory what relative paths start from
   * @throws DataException if there is no list, or it is damaged
   */
  public static NpyDataset open(
      DatasetSpec spec, String field, Path directory, ExampleContent content) throws DataException {
    boolean archive = spec.uri().toLowerCase(Locale.ROOT).endsWith(".zip");
    Path root =
        archive
            ? LocalFile.file(spec.uri(), field, directory)
            : LocalFile.folder(spec.uri(), field, directory);
    FileStore store = archive ? openZip(root, field) : new FolderStore(root);
    Listing listing =
        ListingReader.read(store, field, spec.columns() == null ? null : spec.columns().input());
    if (content.textFeatures().isPresent() && listing.items().get(0).text().isEmpty()) {
      throw new DataException(
          Kind.Setting,
          "data.textEncoder.type",
          "is Precomputed, but " + root + " has labels and no text features",
          "use another encoder: labels are captioned with classNames");
    }
    NpyExamples examples = new NpyExamples(field, store, listing, content);
    return new NpyDataset(spec.name(), field, root, store, content, examples);
  }

  private static FileStore openZip(Path path, String field) throws DataException {
    try {
      return ZipStore.open(path);
    } catch (IOException e) {
      throw new DataException(
          Kind.Corrupt,
          field + ", " + path,
          "is not a readable zip archive (" + e.getMessage() + ")",
          "copy it again or unpack it and name the folder",
          e);
    }
  }

  @Override
  public ValueKind valueKind() {
    return content.valueKind();
  }

  /**
   * Covers the list and the files it names as {@code ShardDataset} covers shards. A file that may
   * be missing and is covers nothing.
   */
  @Override
  public String digest() throws DataException {
    List<String> files = examples.files();
    List<String> covered =
        content.broken().areBorne() ? files.stream().filter(this::isThere).toList() : files;
    return new ShardDigest(field, store.digested(covered)).of(content.meaning());
  }

  private boolean isThere(String file) {
    try {
      return store.size(file) >= 0;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true; // whoever reads it is told what is wrong
    }
  }
}
