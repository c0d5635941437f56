package dev.isoflop.worker.model;

import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.torch.TorchScriptArchive;
import dev.isoflop.worker.torch.TorchScriptSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packs the TorchScript of one trial: the shared files, its architecture, its constants. */
public final class ModelArchive {
  private static final String FOLDER = "/dev/isoflop/worker/torchscript/";
  private static final List<String> SHARED =
      List.of(
          "embeddings",
          "gradients",
          "layers",
          "likelihood",
          "noise",
          "optimizer",
          "rectified_flow",
          "sampler",
          "transformer",
          "trial");

  private static final long WHOLE_BATCH = 0;

  private ModelArchive() {}

  /** The archive of a shape's architecture; {@code torch.jit.load} of Python reads it too. */
  public static TorchScriptArchive pack(
      TransformerShape shape, TrainingSpec training, ModelPrecision precision) {
    return pack(read(file(shape.architecture())), shape, training, precision);
  }

  /** The archive of an architecture given as text. */
  static TorchScriptArchive pack(
      String architecture,
      TransformerShape shape,
      TrainingSpec training,
      ModelPrecision precision) {
    List<TorchScriptSource> sources = new ArrayList<>();
    sources.add(new TorchScriptSource("architecture", architecture));
    for (String name : SHARED) {
      sources.add(new TorchScriptSource(name, read(name)));
    }
    return new TorchScriptArchive(
        "trial", "Trial", attributes(shape, training, precision), sources);
  }

  private static String file(Architecture architecture) {
    return switch (architecture) {
      case InContext -> "in_context";
      case CrossAttention -> "cross_attention";
      case AdaLNZero -> "adaln_zero";
    };
  }

  private static SortedMap<String, Object> attributes(
      TransformerShape shape, TrainingSpec training, ModelPrecision precision) {
    SortedMap<String, Object> attributes = new TreeMap<>();
    attributes.put("patch_size", (long) shape.patchSize());
    attributes.put("head_dimension", (long) shape.headDimension());
    attributes.put("bfloat16", precision.bfloat16());
    attributes.put("fused_attention", precision.fusedAttention());
    attributes.put("time_location", training.timesteps().location());
    attributes.put("time_scale", training.timesteps().scale());
    attributes.put("caption_dropout", training.captionDropout());
    attributes.put("beta1", training.optimizer().beta1());
    attributes.put("beta2", training.optimizer().beta2());
    attributes.put("epsilon", training.optimizer().epsilon());
    attributes.put("weight_decay", training.optimizer().weightDecay());
    attributes.put("gradient_clip", training.gradientClip());
    Integer microBatch = training.microBatch();
    attributes.put("micro_batch", microBatch == null ? WHOLE_BATCH : (long) microBatch);
    attributes.put("activation_checkpointing", training.activationCheckpointing());
    return attributes;
  }

  private static String read(String name) {
    try (InputStream stream = ModelArchive.class.getResourceAsStream(FOLDER + name + ".py")) {
      if (stream == null) {
        throw new IllegalStateException("the worker's jar lacks " + FOLDER + name + ".py");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
