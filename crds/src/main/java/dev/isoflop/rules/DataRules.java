package dev.isoflop.rules;

import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.text.ShownUri;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What data sets, encoders and autoencoder ask of one another. Files do not tell what stored
 * latents mean, so a manifest must, and all sets of a sweep must mean the same: a model measured on
 * other numbers than it was trained on gives a loss that looks like any other.
 *
 * <p>Of specs whose required fields are present, see {@link StatedBounds}.
 */
public final class DataRules {
  /** Features of a token of MiniLM. */
  public static final int MINILM_WIDTH = 384;

  /** Positions that MiniLM was trained with. */
  public static final int MINILM_TOKENS = 512;

  /** The smallest side of a picture, in pixels: a figure can still be told from another. */
  public static final int LEAST_PIXELS = 8;

  /** The largest side of a picture that a model sees, in pixels. */
  public static final int MOST_PIXELS = 256;

  /** The largest side of a picture that an autoencoder sees, in pixels. */
  public static final int MOST_ENCODED_PIXELS = 1024;

  private static final String AUTOENCODER = "data.autoencoder";
  private static final Set<String> SCENES = Set.of("scenes:solid", "scenes:sketched");

  private final DataSpec data;
  private final Set<BrokenRule> broken = new LinkedHashSet<>();

  private DataRules(DataSpec data) {
    this.data = data;
  }

  /** All rules that the data of a sweep breaks, each once. */
  public static List<BrokenRule> broken(DataSpec data) {
    DataRules rules = new DataRules(data);
    Map<String, DatasetSpec> sets = new LinkedHashMap<>();
    sets.put("data.train", data.train());
    Set<String> names = new HashSet<>();
    for (int i = 0; i < data.evaluation().size(); i++) {
      DatasetSpec set = data.evaluation().get(i);
      sets.put("data.evaluation[" + i + "]", set);
      if (!names.add(set.name())) {
        rules.broken.add(
            new BrokenRule(
                BrokenRule.Kind.DuplicateDataset,
                "data.evaluation",
                "two sets are named '" + set.name() + "'",
                "give each evaluation set its own name"));
      }
    }
    sets.forEach(rules::set);
    if (rules.broken.isEmpty() && data.autoencoder().type() == AutoencoderType.None) {
      sets.forEach(rules::sameMeaning);
    }
    rules.textEncoder(data.textEncoder());
    rules.autoencoder(data.autoencoder());
    return List.copyOf(rules.broken);
  }

  /** The rules that one set of the data breaks by itself. */
  public static List<BrokenRule> broken(DataSpec data, String field, DatasetSpec set) {
    DataRules rules = new DataRules(data);
    rules.set(field, set);
    return List.copyOf(rules.broken);
  }

  private void set(String field, DatasetSpec set) {
    boolean scenes = set.format() == DataFormat.Scenes;
    if (scenes && !SCENES.contains(set.uri())) {
      broken(
          field + ".uri",
          "there are no scenes '" + ShownUri.of(set.uri()) + "'",
          "use scenes:solid or scenes:sketched, or another format");
    } else if (!scenes && SCENES.contains(set.uri())) {
      broken(
          field + ".format",
          "is %s, but '%s' is drawn and not stored".formatted(set.format(), set.uri()),
          "set it to Scenes, or name files");
    }
    boolean picturesOnly =
        switch (set.format()) {
          case Scenes, IDX, COCO -> true;
          case WebDataset, MDS, Npy, Safetensors -> false;
        };
    if (picturesOnly && data.textEncoder().type() == TextEncoderType.Precomputed) {
      broken(
          "data.textEncoder.type",
          "is Precomputed, but sets of format " + set.format() + " have no stored features",
          "choose Hashed");
    }
    LatentsSpec latents = set.latents();
    if (picturesOnly && latents != null) {
      broken(field + ".latents", "stands at a set of pictures (" + set.format() + ")", "remove it");
    } else if (latents != null && data.autoencoder().type() != AutoencoderType.None) {
      broken(
          field + ".latents",
          "says that latents are stored, but data.autoencoder encodes pictures",
          "remove one of them");
    } else if (latents != null) {
      factor(field + ".latents.scaleFactor", latents.scaleFactor());
    } else if (set.format() == DataFormat.Npy || set.format() == DataFormat.Safetensors) {
      broken(
          field + ".latents",
          "is missing, and files of format " + set.format() + " do not say what they hold",
          "state kind, scaled, scaleFactor, dtype and autoencoder");
    } else if (data.autoencoder().type() == AutoencoderType.None) {
      pictures();
    }
    if (set.format() == DataFormat.IDX && set.classNames().isEmpty()) {
      broken.add(
          BrokenRule.missing(
              field + ".classNames",
              "list the caption of label 0, 1 and so on; Fashion-MNIST's are T-shirt/top, Trouser,"
                  + " Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot"));
    }
  }

  /** Pictures come in fewer shapes than latents. */
  private void pictures() {
    int channels = data.channels();
    if (channels != 1 && channels != 3) {
      broken(
          "data.channels",
          "is " + channels + ", but a set of pictures is read",
          "give 3 for colour or 1 for grey, or say under latents what is stored");
    }
    int size = data.imageSize();
    if (size < LEAST_PIXELS || size > MOST_PIXELS) {
      broken(
          "data.imageSize",
          "is " + size + ", but a set of pictures is read",
          "give %d to %d, or say under latents what is stored"
              .formatted(LEAST_PIXELS, MOST_PIXELS));
    }
  }

  private void factor(String field, double factor) {
    if (!(factor > 0)) {
      broken.add(BrokenRule.outOfRange(field, factor, "a positive number, such as 0.18215"));
    }
  }

  private void sameMeaning(String field, DatasetSpec set) {
    String trained = meaning(data.train().latents());
    if (!meaning(set.latents()).equals(trained)) {
      broken(
          field + ".latents",
          "'%s' holds %s, but '%s' holds %s"
              .formatted(set.name(), meaning(set.latents()), data.train().name(), trained),
          "measure models on what they are trained on");
    }
  }

  private static String meaning(@Nullable LatentsSpec latents) {
    return latents == null
        ? "pictures"
        : "latents of %s, shifted by %s and scaled by %s"
            .formatted(latents.autoencoder(), latents.shift(), latents.scaleFactor());
  }

  private void textEncoder(TextEncoderSpec encoder) {
    String field = "data.textEncoder";
    boolean torchScript = encoder.type() == TextEncoderType.TorchScript;
    file(field, torchScript, encoder.type(), encoder.uri(), encoder.sha256());
    if (encoder.type() == TextEncoderType.MiniLM && encoder.width() != MINILM_WIDTH) {
      broken(
          field + ".width",
          "is " + encoder.width() + ", but MiniLM's features are " + MINILM_WIDTH + " wide",
          "set it to " + MINILM_WIDTH);
    }
    if (encoder.type() == TextEncoderType.MiniLM && encoder.tokens() > MINILM_TOKENS) {
      broken(
          field + ".tokens",
          "is " + encoder.tokens() + ", but MiniLM takes " + MINILM_TOKENS + " at most",
          "lower it; 32 is enough for most captions");
    }
  }

  private void autoencoder(AutoencoderSpec autoencoder) {
    boolean torchScript = autoencoder.type() == AutoencoderType.TorchScript;
    file(AUTOENCODER, torchScript, autoencoder.type(), autoencoder.uri(), autoencoder.sha256());
    if (!torchScript) {
      return;
    }
    long pixels = (long) data.imageSize() * autoencoder.downsampling();
    if (pixels < LEAST_PIXELS || pixels > MOST_ENCODED_PIXELS) {
      broken(
          "data.imageSize",
          "is %d latent cells, which at %s.downsampling %d are pictures of %d pixels"
              .formatted(data.imageSize(), AUTOENCODER, autoencoder.downsampling(), pixels),
          "give the edge of the latents, so that pictures have %d to %d pixels"
              .formatted(LEAST_PIXELS, MOST_ENCODED_PIXELS));
    }
    factor(AUTOENCODER + ".scaleFactor", autoencoder.scaleFactor());
  }

  /** A TorchScript file is code, and runs by its digest alone. */
  private void file(
      String field, boolean needed, Enum<?> type, @Nullable String uri, @Nullable String sha256) {
    if (needed && uri == null) {
      broken.add(BrokenRule.missing(field + ".uri", "give the TorchScript file"));
    }
    if (needed && sha256 == null) {
      broken.add(
          BrokenRule.missing(
              field + ".sha256", "give what sha256sum says of the file; it is code"));
    }
    if (!needed && uri != null) {
      broken(field + ".uri", "is given, but type " + type + " reads no file", "remove it");
    }
    if (!needed && sha256 != null) {
      broken(field + ".sha256", "is given, but type " + type + " reads no file", "remove it");
    }
  }

  private void broken(String field, String problem, String remedy) {
    broken.add(BrokenRule.data(field, problem, remedy));
  }
}
