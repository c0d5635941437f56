package dev.isoflop.operator.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.manifest.InvalidManifestException;
import dev.isoflop.operator.manifest.ManifestReader;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlanWarning;
import dev.isoflop.operator.plan.SweepPlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stands in the repository as a manifest, or as a part of one, can be planned as it stands.
 */
class EveryManifestTest {
  /** Wherever a user may copy one from; tests have wrong ones on purpose. */
  private static final String FILES =
      "(?!.*src/test/).*\\.(md|ya?ml|java|tpl|txt|cff)|isoflop|\\.ci/.*";

  /** The kind named where no manifest is meant: in the CRDs, and in the list of them. */
  private static final String NO_MANIFEST = ".*/(META-INF/fabric8|files/crds)/.*";

  private final ManifestReader reader = new ManifestReader();

  static List<WrittenManifest> sweeps() throws IOException {
    List<WrittenManifest> found = new ArrayList<>();
    RepositoryFiles.matching(FILES)
        .forEach((file, text) -> found.addAll(WrittenManifest.in(file, text)));
    found.removeIf(manifest -> !manifest.isSweep());
    return found;
  }

  static List<WrittenPart> parts() throws IOException {
    List<WrittenPart> found = new ArrayList<>();
    for (Map.Entry<Path, String> file : RepositoryFiles.matching(".*\\.md").entrySet()) {
      found.addAll(WrittenPart.in(file.getKey(), file.getValue()));
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void aManifestIsPlannedWithoutAWarning(WrittenManifest manifest) throws InvalidManifestException {
    PlanResult.Planned planned = plan(manifest.toString(), manifest.text());

    assertThat(planned.plan().warnings()).extracting(PlanWarning::message).isEmpty();
  }

  /** Within the README's manifest, whose data are shards of captioned pictures. */
  @ParameterizedTest
  @MethodSource("parts")
  void aPartOfAManifestIsPlannedInAWholeOne(WrittenPart part)
      throws IOException, InvalidManifestException {
    WrittenManifest readme =
        sweeps().stream().filter(one -> one.file().equals(Path.of("README.md"))).findFirst().get();
    JsonNode whole = new YAMLMapper().readTree(readme.text());

    plan(part.toString(), part.in(whole));
  }

  private PlanResult.Planned plan(String where, String manifest) throws InvalidManifestException {
    ScalingSweep sweep = reader.parse(where, manifest);
    PlanResult result = new SweepPlanner().plan(sweep.getMetadata().getName(), sweep.getSpec());
    assertThat(result).as(where).isInstanceOf(PlanResult.Planned.class);
    PlanResult.Planned planned = (PlanResult.Planned) result;
    assertThat(planned.plan().trials()).isNotEmpty();
    return planned;
  }

  @Test
  void theyAreFoundWhereverTheyStand() throws IOException {
    assertThat(sweeps())
        .extracting(manifest -> manifest.file().toString())
        .contains("README.md", "examples/quickstart.yaml", "helm/isoflop/Chart.yaml")
        .hasSizeGreaterThanOrEqualTo(6);
    assertThat(parts())
        .extracting(part -> part.file().toString())
        .contains("docs/data.md", "docs/operations.md")
        .hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void noneStandsWhereItIsNotFound() throws IOException {
    List<WrittenManifest> found = sweeps();
    List<String> missed = new ArrayList<>();
    RepositoryFiles.matching(FILES)
        .forEach(
            (file, text) -> {
              List<String> lines = text.lines().toList();
              for (int i = 0; i < lines.size(); i++) {
                int line = i + 1;
                if (namesTheKind(lines, i)
                    && !file.toString().matches(NO_MANIFEST)
                    && found.stream().noneMatch(one -> one.holds(file, line))) {
                  missed.add(file + ":" + line);
                }
              }
            });

    assertThat(missed).isEmpty();
  }

  private static boolean namesTheKind(List<String> lines, int index) {
    boolean listed =
        index + 1 < lines.size() && lines.get(index + 1).strip().startsWith("version:");
    return !listed && lines.get(index).matches(".*\\bkind\"?: *\"?ScalingSweep\\b(?!`|').*");
  }

  @Test
  void itIsReadOutOfAListAndOutOfAComment() {
    String list =
        "a: |\n  - apiVersion: isoflop.dev/v1alpha1\n    kind: ScalingSweep\n\n    b: 1\nc: 2\n";
    String comment = " * <pre>\n * apiVersion: isoflop.dev/v1alpha1\n * kind: Trial\n * </pre>\n";

    assertThat(WrittenManifest.in(Path.of("x"), list))
        .containsExactly(
            new WrittenManifest(
                Path.of("x"),
                2,
                5,
                "apiVersion: isoflop.dev/v1alpha1\nkind: ScalingSweep\n\nb: 1"));
    assertThat(WrittenManifest.in(Path.of("x"), comment))
        .extracting(WrittenManifest::text)
        .containsExactly("apiVersion: isoflop.dev/v1alpha1\nkind: Trial");
  }
}
