package dev.isoflop.worker.data.webdataset;

import static java.util.Objects.requireNonNull;

import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import dev.isoflop.worker.data.shard.read.StoredSample.Flaw;
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
  private @Nullable Flaw flaw;

  SampleBuilder(String shard, String key, SampleParts parts) {
    this.shard = shard;
    this.key = key;
    this.parts = parts;
  }

  String key() {
    return key;
  }

  void add(SampleName name, StoredFile file) {
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

  /** Notes what makes the sample unusable; the first such thing is told. */
  void flaw(Flaw found) {
    flaw = flaw == null ? found : flaw;
  }

  /** Whether nothing but the number of a class is there, as some programs leave it for itself. */
  boolean isOnlyLabel() {
    return label != null
        && input == null
        && plain == null
        && json == null
        && text == null
        && flaw == null;
  }

  private StoredFile first(@Nullable StoredFile before, StoredFile file) {
    if (before == null) {
      return file;
    }
    flaw(incomplete("has both " + before.name() + " and " + file.name()));
    return before;
  }

  /** The sample, with its flaw if it cannot be used. */
  StoredSample build(SamplePlace place) {
    String what = parts.latents() ? "latents" : "image";
    StoredFile caption = plain != null ? plain : json != null ? json : label;
    if (input == null) {
      flaw(incomplete("has a caption but no " + what));
    }
    if (parts.text() && text == null) {
      flaw(incomplete("has no text features"));
    }
    if (!parts.text() && caption == null) {
      flaw(incomplete("has %s but no caption".formatted(parts.latents() ? what : "an " + what)));
    }
    StoredFile whole = input;
    return flaw != null || whole == null
        ? StoredSample.flawed(place, key, requireNonNull(flaw, "flaw"))
        : new StoredSample(
            place, key, whole, Optional.ofNullable(caption), Optional.ofNullable(text));
  }

  private Flaw incomplete(String problem) {
    return new Flaw(Kind.Corrupt, where(), problem, remedy());
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
