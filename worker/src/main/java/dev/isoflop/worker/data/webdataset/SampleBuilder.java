package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.SamplePlace;
import dev.isoflop.worker.data.shard.StoredFile;
import dev.isoflop.worker.data.shard.StoredSample;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers the files of one sample. The caption is its txt, else its json, else its class. */
final class SampleBuilder {
  private final String shard;
  private final String key;
  private final SampleParts parts;
  private @Nullable StoredFile input;
  private @Nullable StoredFile plain;
  private @Nullable StoredFile json;
  private @Nullable StoredFile label;
  private @Nullable StoredFile text;

  SampleBuilder(String shard, String key, SampleParts parts) {
    this.shard = shard;
    this.key = key;
    this.parts = parts;
  }

  String key() {
    return key;
  }

  void add(SampleName name, StoredFile file) throws DataException {
    if (parts.isText(name)) {
      text = first(text, file);
    } else if (parts.isInput(name)) {
      input = first(input, file);
    } else if (name.extension().equals("txt")) {
      plain = first(plain, file);
    } else if (name.extension().equals("cls")) {
      label = first(label, file);
    } else {
      json = first(json, file);
    }
  }

  /** Whether nothing but the number of a class is there, as some programs leave it for itself. */
  boolean isOnlyLabel() {
    return label != null && input == null && plain == null && json == null && text == null;
  }

  private StoredFile first(@Nullable StoredFile before, StoredFile file) throws DataException {
    if (before != null) {
      throw new DataException(
          Kind.Corrupt, where(), "has both " + before.name() + " and " + file.name(), remedy());
    }
    return file;
  }

  /** The whole sample. */
  StoredSample build(SamplePlace place) throws DataException {
    String what = parts.latents() ? "latents" : "image";
    StoredFile caption = plain != null ? plain : json != null ? json : label;
    if (input == null) {
      throw incomplete("has a caption but no " + what);
    }
    if (parts.text() && text == null) {
      throw incomplete("has no text features");
    }
    if (!parts.text() && caption == null) {
      throw incomplete("has %s but no caption".formatted(parts.latents() ? what : "an " + what));
    }
    return new StoredSample(
        place, key, input, Optional.ofNullable(caption), Optional.ofNullable(text));
  }

  private DataException incomplete(String problem) {
    return DataException.ofSample(where(), problem, remedy());
  }

  private String where() {
    return shard + ", sample " + key;
  }

  private String remedy() {
    String beside = "beside it in the shard, under the same name";
    String remedy =
        parts.text()
            ? "put one .text.npy or .text.npz %s (data.textEncoder.type is Precomputed)"
            : parts.latents()
                ? "give all latents (.latent.npy or .npy) one caption (.txt, .json or .cls) right"
                    + " %s"
                : "give every image one caption (.txt, .json or .cls) right %s; for stored latents,"
                    + " say what they are under latents";
    return remedy.formatted(beside);
  }
}
