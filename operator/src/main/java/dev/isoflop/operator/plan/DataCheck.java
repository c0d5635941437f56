package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.text.ShownUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what stored latents are said to be. Files do not tell, so a manifest must, and all sets of
 * a sweep must mean the same: a model measured on other numbers than it was trained on gives a loss
 * that looks like any other.
 */
final class DataCheck {
  private static final Set<String> SCENES = Set.of("scenes:solid", "scenes:sketched");

  private final DataSpec data;
  private final List<PlanError> refusals = new ArrayList<>();

  private DataCheck(DataSpec data) {
    this.data = data;
  }

  /** The refusals of sets that have a name, a uri and a format. */
  static List<PlanError> of(DataSpec data) {
    DataCheck check = new DataCheck(data);
    Map<String, DatasetSpec> sets = check.sets();
    sets.forEach(check::set);
    sets.forEach(check::classNames);
    if (check.refusals.isEmpty()) {
      check.requireOneMeaning(sets);
    }
    return List.copyOf(check.refusals);
  }

  private Map<String, DatasetSpec> sets() {
    Map<String, DatasetSpec> sets = new LinkedHashMap<>();
    if (isComplete(data.train())) {
      sets.put("data.train", data.train());
    }
    List<DatasetSpec> evaluation = data.evaluation() == null ? List.of() : data.evaluation();
    for (int i = 0; i < evaluation.size(); i++) {
      if (isComplete(evaluation.get(i))) {
        sets.put("data.evaluation[" + i + "]", evaluation.get(i));
      }
    }
    return sets;
  }

  private static boolean isComplete(@Nullable DatasetSpec set) {
    return set != null && set.name() != null && set.uri() != null && set.format() != null;
  }

  private void set(String field, DatasetSpec set) {
    if (set.format() == DataFormat.Scenes && !SCENES.contains(set.uri())) {
      refuse(
          field + ".uri",
          "there are no scenes '" + ShownUri.of(set.uri()) + "'",
          "use scenes:solid or scenes:sketched, or another format");
    } else if (set.format() != DataFormat.Scenes && SCENES.contains(set.uri())) {
      refuse(
          field + ".format",
          "is %s, but '%s' is drawn and not stored".formatted(set.format(), set.uri()),
          "set it to Scenes, or name files");
    }
    LatentsSpec latents = set.latents();
    boolean picturesOnly =
        switch (set.format()) {
          case Scenes, IDX, COCO -> true;
          case WebDataset, MDS, Npy, Safetensors -> false;
        };
    if (picturesOnly && data.textEncoder().type() == TextEncoderType.Precomputed) {
      refuse(
          "data.textEncoder.type",
          "is Precomputed, but sets of format " + set.format() + " have no stored features",
          "choose Hashed");
    }
    if (picturesOnly && latents != null) {
      refuse(field + ".latents", "stands at a set of pictures (" + set.format() + ")", "remove it");
    } else if (latents != null && data.autoencoder().type() != AutoencoderType.None) {
      refuse(
          field + ".latents",
          "says that latents are stored, but data.autoencoder encodes pictures",
          "remove one of them");
    } else if (latents != null) {
      latents(field + ".latents", latents);
    } else if (set.format() == DataFormat.Npy || set.format() == DataFormat.Safetensors) {
      refuse(
          field + ".latents",
          "is missing, and files of format " + set.format() + " do not say what they hold",
          "state kind, scaled, scaleFactor, dtype and autoencoder");
    } else if (data.autoencoder().type() == AutoencoderType.None) {
      pictures();
    }
  }

  private void classNames(String field, DatasetSpec set) {
    if (set.format() == DataFormat.IDX && set.classNames().isEmpty()) {
      refusals.add(
          new PlanError.Missing(
              field + ".classNames",
              "list the caption of label 0, 1 and so on; Fashion-MNIST's are T-shirt/top, Trouser,"
                  + " Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot"));
    }
  }

  private void latents(String field, LatentsSpec latents) {
    present(field + ".kind", latents.kind(), "say Sample or MeanStd");
    present(field + ".scaled", latents.scaled(), "say true if they were multiplied already");
    present(field + ".scaleFactor", latents.scaleFactor(), "give it, such as 0.18215");
    present(field + ".dtype", latents.dtype(), "say Float16, BFloat16 or Float32");
    present(field + ".autoencoder", latents.autoencoder(), "name it, or give its digest");
    Double factor = latents.scaleFactor();
    if (factor != null && !(factor > 0 && Double.isFinite(factor))) {
      refusals.add(
          new PlanError.OutOfRange(
              field + ".scaleFactor", factor.toString(), "a positive number, such as 0.18215"));
    }
    if (!Double.isFinite(latents.shift())) {
      refusals.add(
          new PlanError.OutOfRange(field + ".shift", latents.shift().toString(), "a number"));
    }
  }

  private void present(String field, @Nullable Object value, String remedy) {
    if (value == null) {
      refusals.add(new PlanError.Missing(field, remedy));
    }
  }

  /** Pictures come in fewer shapes than latents; one refusal is enough for all sets. */
  private void pictures() {
    int channels = data.channels();
    if (channels != 1 && channels != 3) {
      refuse(
          "data.channels",
          "is " + channels + ", but a set of pictures is read",
          "give 3 for colour or 1 for grey, or say under latents what is stored");
    }
    int size = data.imageSize();
    if (size < 8 || size > 256) {
      refuse(
          "data.imageSize",
          "is " + size + ", but a set of pictures is read",
          "give 8 to 256, or say under latents what is stored");
    }
  }

  private void requireOneMeaning(Map<String, DatasetSpec> sets) {
    DatasetSpec train = sets.get("data.train");
    if (train == null || data.autoencoder().type() != AutoencoderType.None) {
      return;
    }
    String trained = meaning(train.latents());
    sets.forEach(
        (field, set) -> {
          if (!meaning(set.latents()).equals(trained)) {
            refuse(
                field + ".latents",
                "'%s' holds %s, but '%s' holds %s"
                    .formatted(set.name(), meaning(set.latents()), train.name(), trained),
                "measure models on what they are trained on");
          }
        });
  }

  private static String meaning(@Nullable LatentsSpec latents) {
    return latents == null
        ? "pictures"
        : "latents of %s, shifted by %s and scaled by %s"
            .formatted(latents.autoencoder(), latents.shift(), latents.scaleFactor());
  }

  private void refuse(String field, String problem, String remedy) {
    PlanError refusal = new PlanError.DataInvalid(field, problem, remedy);
    if (!refusals.contains(refusal)) {
      refusals.add(refusal);
    }
  }
}
