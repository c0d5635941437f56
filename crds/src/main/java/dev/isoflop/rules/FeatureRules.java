package dev.isoflop.rules;

import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorType;
import dev.isoflop.api.v1alpha1.data.FeatureResize;
import dev.isoflop.api.v1alpha1.data.PixelScale;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.BuiltInExtractor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the metrics that compare features ask of their extractor. */
public final class FeatureRules {
  private static final String FIELD = "evaluation.featureExtractor";
  private static final Set<Metric> OF_PUBLISHED_NETWORKS = EnumSet.of(Metric.FID, Metric.KID);

  private final List<BrokenRule> broken = new ArrayList<>();

  private FeatureRules() {}

  /** The broken rules; none where no metric compares features and no extractor is given. */
  public static List<BrokenRule> broken(DataSpec data, EvaluationSpec evaluation) {
    FeatureRules rules = new FeatureRules();
    rules.pictures(data, evaluation);
    rules.check(evaluation);
    return List.copyOf(rules.broken);
  }

  private void pictures(DataSpec data, EvaluationSpec evaluation) {
    boolean latents =
        data.autoencoder().type() != AutoencoderType.None
            || data.evaluation().stream().anyMatch(set -> set.latents() != null);
    if (latents && evaluation.metrics().stream().anyMatch(Metric::comparesFeatures)) {
      problem(
          "evaluation.metrics",
          "features are of pictures, and models of this data see latents",
          "leave out FID, KID, FrechetDistance and KernelDistance");
    }
  }

  private void check(EvaluationSpec evaluation) {
    List<String> wanted =
        evaluation.metrics().stream().filter(Metric::comparesFeatures).map(Metric::name).toList();
    FeatureExtractorSpec extractor = evaluation.featureExtractor();
    if (!wanted.isEmpty() && evaluation.samples() < 2) {
      problem("evaluation.samples", "1 sample has no covariance", "give many more than features");
    }
    boolean published = evaluation.metrics().stream().anyMatch(OF_PUBLISHED_NETWORKS::contains);
    if (published && (extractor == null || extractor.type() != FeatureExtractorType.TorchScript)) {
      problem(
          FIELD,
          "FID and KID are named after a published network, and %s"
              .formatted(extractor == null ? "none is given" : extractor.type() + " is another"),
          "give type TorchScript with uri and sha256 of its file, or measure FrechetDistance and"
              + " KernelDistance");
    } else if (extractor == null && !wanted.isEmpty()) {
      problem(
          FIELD,
          "is missing, and %s compare features".formatted(String.join(", ", wanted)),
          "give {type: NsfwjsMixed5}, or type TorchScript with uri and sha256 of a file");
    }
    if (extractor != null) {
      switch (extractor.type()) {
        case TorchScript -> file(extractor);
        case NsfwjsMixed5 -> builtIn(extractor);
      }
    }
  }

  private void file(FeatureExtractorSpec extractor) {
    if (extractor.uri() == null) {
      problem(FIELD + ".uri", "is missing", "say where the TorchScript file is");
    }
    if (extractor.sha256() == null) {
      problem(
          FIELD + ".sha256",
          "is missing",
          "give the 64 hexadecimal digits of sha256sum; a TorchScript file is code");
    }
    boolean inside = extractor.resize() == FeatureResize.Inside;
    Integer size = extractor.size();
    if (inside && size != null) {
      problem(FIELD + ".size", "is given, but the file resizes", "remove it, or set resize");
    } else if (!inside && size == null) {
      problem(
          FIELD + ".size",
          "is missing",
          "give the edge in pixels that resize %s makes".formatted(extractor.resize()));
    }
    List<Double> std = extractor.std();
    if (std != null && std.stream().anyMatch(value -> value <= 0)) {
      problem(FIELD + ".std", "is " + std, "give 3 positive numbers, for red, green and blue");
    }
  }

  private void builtIn(FeatureExtractorSpec extractor) {
    String sha256 = extractor.sha256();
    if (sha256 != null && !sha256.equals(BuiltInExtractor.SHA256)) {
      problem(
          FIELD + ".sha256",
          "%s is not the digest of NsfwjsMixed5".formatted(sha256),
          "remove it, or set type TorchScript");
    }
    if (extractor.resize() != FeatureResize.Inside
        || extractor.size() != null
        || extractor.scale() != PixelScale.Bytes
        || extractor.mean() != null
        || extractor.std() != null) {
      problem(
          FIELD,
          "resize, size, scale, mean or std is given, but NsfwjsMixed5 prepares images itself",
          "remove them");
    }
  }

  private void problem(String field, String problem, String remedy) {
    broken.add(new BrokenRule(BrokenRule.Kind.FeatureSetting, field, problem, remedy));
  }
}
