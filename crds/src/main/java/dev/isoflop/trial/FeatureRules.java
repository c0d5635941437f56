package dev.isoflop.trial;

import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorType;
import dev.isoflop.api.v1alpha1.data.FeatureResize;
import dev.isoflop.api.v1alpha1.data.PixelScale;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.metric.Metric;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the metrics that compare features ask of their extractor. Operator and worker both hold a
 * manifest to it, the one before anything is spent.
 */
public final class FeatureRules {
  private static final String FIELD = "evaluation.featureExtractor";
  private static final Set<Metric> OF_PUBLISHED_NETWORKS = EnumSet.of(Metric.FID, Metric.KID);

  /**
   * A rule that is broken.
   *
   * @param field such as {@code evaluation.featureExtractor.sha256}
   */
  public record Problem(String field, String problem, String remedy) {}

  private final List<Problem> problems = new ArrayList<>();

  private FeatureRules() {}

  /** What is wrong; nothing where no metric compares features and no extractor is given. */
  public static List<Problem> broken(EvaluationSpec evaluation) {
    FeatureRules rules = new FeatureRules();
    rules.check(evaluation);
    return List.copyOf(rules.problems);
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
      if (extractor.ddof() != 0 && extractor.ddof() != 1) {
        problem(FIELD + ".ddof", "is " + extractor.ddof(), "give 1 or 0");
      }
    }
  }

  private void file(FeatureExtractorSpec extractor) {
    if (extractor.uri() == null) {
      problem(FIELD + ".uri", "is missing", "say where the TorchScript file is");
    }
    String sha256 = extractor.sha256();
    if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
      problem(
          FIELD + ".sha256",
          sha256 == null ? "is missing" : "'" + sha256 + "' is not a digest",
          "give the 64 hexadecimal digits of sha256sum; a TorchScript file is code");
    }
    boolean inside = extractor.resize() == FeatureResize.Inside;
    Integer size = extractor.size();
    if (inside && size != null) {
      problem(FIELD + ".size", "is given, but the file resizes", "remove it, or set resize");
    } else if (!inside && (size == null || size < 1)) {
      problem(
          FIELD + ".size",
          size == null ? "is missing" : "is " + size,
          "give the edge in pixels that resize %s makes".formatted(extractor.resize()));
    }
    colours("mean", extractor.mean(), false);
    colours("std", extractor.std(), true);
  }

  private void colours(String name, @Nullable List<Double> values, boolean divides) {
    if (values == null) {
      return;
    }
    boolean usable = values.size() == 3;
    for (double value : values) {
      usable &= Double.isFinite(value) && (!divides || value > 0);
    }
    if (!usable) {
      problem(
          FIELD + "." + name,
          "is " + values,
          "give 3 %s numbers, for red, green and blue".formatted(divides ? "positive" : "finite"));
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
    problems.add(new Problem(field, problem, remedy));
  }
}
