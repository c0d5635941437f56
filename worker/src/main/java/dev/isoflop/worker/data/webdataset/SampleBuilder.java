package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gathers the files of one sample. Of a txt and a json the txt is the caption. */
final class SampleBuilder {
  private static final String REMEDY =
      "give every image one caption (.txt or .json) of the same name right beside it in the shard";

  private final String field;
  private final Path shard;
  private final String key;
  private @Nullable StoredFile image;
  private @Nullable StoredFile text;
  private @Nullable StoredFile json;

  SampleBuilder(String field, Path shard, String key) {
    this.field = field;
    this.shard = shard;
    this.key = key;
  }

  String key() {
    return key;
  }

  void add(SampleName name, StoredFile file) throws DataException {
    if (name.isImage()) {
      requireFirst(image, file);
      image = file;
    } else if (file.extension().equals("txt")) {
      requireFirst(text, file);
      text = file;
    } else {
      requireFirst(json, file);
      json = file;
    }
  }

  private void requireFirst(@Nullable StoredFile before, StoredFile file) throws DataException {
    if (before != null) {
      throw corrupt("has both " + before.name() + " and " + file.name());
    }
  }

  /** The whole sample, at its place among those of the shard. */
  StoredSample build(long number) throws DataException {
    StoredFile caption = text == null ? json : text;
    if (image == null) {
      throw corrupt("has a caption but no image");
    }
    if (caption == null) {
      throw corrupt("has an image but no caption");
    }
    return new StoredSample(field, shard, number, key, image, caption);
  }

  private DataException corrupt(String problem) {
    return new DataException(
        Kind.Corrupt, field + ", shard " + shard + ", sample " + key, problem, REMEDY);
  }
}
