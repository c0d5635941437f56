package dev.isoflop.worker.evaluate.features;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorType;
import dev.isoflop.api.v1alpha1.data.FeatureResize;
import dev.isoflop.api.v1alpha1.data.FeatureSignature;
import dev.isoflop.trial.BuiltInExtractor;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.torch.PinnedTorchScript;
import dev.isoflop.worker.torch.TorchModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** An extractor from a TorchScript file of a known digest. */
public final class TorchScriptExtractor implements FeatureExtractor {
  private static final String FIELD = "evaluation.featureExtractor";

  private final PtNDManager manager;
  private final FeatureExtractorSpec spec;
  private final String sha256;
  private final FeaturePixels pixels;
  private final TorchModule network;

  private TorchScriptExtractor(
      PtNDManager manager, FeatureExtractorSpec spec, String sha256, TorchModule network) {
    this.manager = manager;
    this.spec = spec;
    this.sha256 = sha256;
    this.network = network;
    pixels = new FeaturePixels(manager, spec);
  }

  /**
   * Loads what a manifest names.
   *
   * @param spec as {@link dev.isoflop.rules.FeatureRules} allow it
   * @throws DataException if the file is missing, has another digest, or is no TorchScript
   */
  public static TorchScriptExtractor open(PtNDManager parent, FeatureExtractorSpec spec)
      throws DataException {
    boolean builtIn = spec.type() == FeatureExtractorType.NsfwjsMixed5;
    String uri = Objects.requireNonNullElse(spec.uri(), BuiltInExtractor.FILE);
    if (builtIn && spec.uri() == null && !Files.exists(Path.of(uri))) {
      throw new DataException(
          Kind.Missing,
          FIELD,
          "NsfwjsMixed5 has no file '" + Path.of(uri).toAbsolutePath() + "'",
          "make it with ./isoflop data features");
    }
    String sha256 = builtIn ? BuiltInExtractor.SHA256 : Objects.requireNonNull(spec.sha256());
    PtNDManager manager = (PtNDManager) parent.newSubManager();
    try {
      TorchModule network = PinnedTorchScript.load(manager, uri, sha256, FIELD);
      return new TorchScriptExtractor(manager, spec, sha256, network);
    } catch (DataException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  @Override
  public PtNDArray features(PtNDArray images) throws DataException {
    long count = images.getShape().get(0);
    try (PtNDArray prepared = pixels.prepare(images);
        IValue result = call(prepared)) {
      if (!result.isTensor()) {
        throw wrong("gives no tensor");
      }
      PtNDArray tensor = result.toTensor(manager);
      Shape shape = tensor.getShape();
      if (shape.dimension() < 2 || shape.get(0) != count || shape.size() % count != 0) {
        tensor.close();
        throw wrong("gives " + shape + " for " + count + " images, and not [B, D]");
      }
      try (tensor) { // such as [B, D, 1, 1]
        return (PtNDArray) tensor.reshape(count, shape.size() / count);
      }
    } catch (EngineException e) {
      throw new DataException(
          Kind.Setting,
          FIELD,
          "the network fails on images of %s: %s".formatted(images.getShape(), lastLine(e)),
          "check signature, resize and size",
          e);
    }
  }

  private IValue call(PtNDArray prepared) {
    boolean inception =
        spec.type() == FeatureExtractorType.TorchScript
            && spec.signature() == FeatureSignature.Inception;
    try (IValue image = IValue.from(prepared);
        IValue yes = IValue.from(true);
        IValue no = IValue.from(false);
        IValue neither = IValue.from(false)) {
      return inception
          ? network.infer("forward", image, yes, no, neither)
          : network.infer("forward", image);
    }
  }

  private static DataException wrong(String problem) {
    return new DataException(
        Kind.Setting,
        FIELD,
        "the network " + problem,
        "give a file whose forward returns a vector for each image");
  }

  private static String lastLine(EngineException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.substring(message.lastIndexOf('\n') + 1).strip();
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("extractor", "sha256:" + sha256);
    if (spec.type() == FeatureExtractorType.NsfwjsMixed5) {
      identity.put("layer", "mixed5, mean over the plane");
      identity.put("resize", "inside: bilinear, antialiased, to an edge within 107 ... 299");
      return identity;
    }
    identity.put(
        "layer",
        switch (spec.signature()) {
          case Inception -> "forward with return_features";
          case Plain -> "forward";
        });
    identity.put("resize", spec.resize() == FeatureResize.Inside ? "inside" : outside());
    identity.put("scale", spec.scale().name());
    identity.put("mean", String.valueOf(spec.mean()));
    identity.put("std", String.valueOf(spec.std()));
    return identity;
  }

  private String outside() {
    return spec.resize() + ", antialiased, to " + spec.size();
  }

  @Override
  public void close() {
    network.close();
    pixels.close();
    manager.close();
  }
}
