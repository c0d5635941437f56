package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.MockedCluster;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an API server stores and nobody needs is not kept, and ends no list. */
@EnableKubernetesMockClient(crud = true, https = false)
class BoundedCopyTest {
  private static final int KIB = 1024;

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  @BeforeEach
  void prepare() {
    MockedCluster.prepare(client);
    client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
  }

  private void create(HasMetadata base, String pointer, String field, Object value) {
    ObjectNode tree = Serialization.unmarshal(Serialization.asJson(base), ObjectNode.class);
    ((ObjectNode) tree.at(pointer)).set(field, new ObjectMapper().valueToTree(value));
    client
        .resource(Serialization.unmarshal(tree.toString(), GenericKubernetesResource.class))
        .create();
  }

  private <T extends HasMetadata> T read(Class<T> type, String name) {
    try (WatchedResources watched = new WatchedResources(client)) {
      List<T> all = watched.client().resources(type).inNamespace("default").list().getItems();
      return all.stream()
          .filter(item -> item.getMetadata().getName().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static ScalingSweep large() {
    return SmallSweeps.of("large", SmallSweeps.specs());
  }

  @Test
  void aSpecThatIsTooLargeIsNamedAndTheOthersAreRead() {
    create(large(), "/spec/scheduling", "podTemplate", Map.of("note", "x".repeat(129 * KIB)));

    ScalingSweep read = read(ScalingSweep.class, "large");
    assertThat(read.getSpec()).isNull();
    assertThat(read.getMetadata().getUid()).isNotEmpty();
    assertThat(Unreadable.problem(read))
        .contains(
            "spec: is larger than 128 KiB, which is the most that is read of one; shorten it, or"
                + " delete the resource");
    assertThat(read(ScalingSweep.class, "sweep").getSpec())
        .isEqualTo(SmallSweeps.of("sweep", SmallSweeps.specs()).getSpec());
  }

  @Test
  void whatIsLargeByItsPartsIsTooLarge() {
    create(
        large(),
        "/spec/scheduling",
        "podTemplate",
        Map.of("list", Collections.nCopies(5_000, List.of())));

    assertThat(Unreadable.is(read(ScalingSweep.class, "large"))).isTrue();
  }

  @Test
  void whatIsDeeperThanAnyResourceIsTooLarge() {
    Object nested = List.of();
    for (int i = 0; i < 900; i++) {
      nested = List.of(nested);
    }
    create(large(), "/spec/scheduling", "podTemplate", Map.of("nested", nested));

    assertThat(Unreadable.is(read(ScalingSweep.class, "large"))).isTrue();
  }

  @Test
  void aStatusThatIsTooLargeIsMadeAgain() {
    create(large(), "", "status", Map.of("columns", Map.of("n", "x".repeat(513 * KIB))));

    ScalingSweep read = read(ScalingSweep.class, "large");
    assertThat(read.getSpec()).isEqualTo(large().getSpec());
    assertThat(read.getStatus()).isNull();
  }

  @Test
  void metadataThatAreTooLargeKeepTheIdentity() {
    ScalingSweep sweep = large();
    sweep
        .getMetadata()
        .setFinalizers(IntStream.range(0, 3_000).mapToObj(i -> "x.dev/" + i).toList());
    create(sweep, "", "kind", "ScalingSweep");

    ScalingSweep read = read(ScalingSweep.class, "large");
    assertThat(Unreadable.problem(read).orElseThrow())
        .startsWith("metadata: is larger than 64 KiB");
    assertThat(read.getMetadata().getUid()).isNotEmpty();
    assertThat(read.getMetadata().getNamespace()).isEqualTo("default");
    assertThat(read.getMetadata().getFinalizers()).hasSizeLessThan(3_000);
  }

  @Test
  void aTrialThatIsTooLargeIsNamed() {
    Simulation simulation = new Simulation(SmallSweeps.specs());
    simulation.turn();
    Trial trial = simulation.trial(0);
    trial.getMetadata().setNamespace("default");
    create(trial, "/spec", "note", "x".repeat(129 * KIB));

    Trial read = read(Trial.class, trial.getMetadata().getName());
    assertThat(read.getSpec()).isNull();
    assertThat(Unreadable.problem(read).orElseThrow()).startsWith("spec: is larger than 128 KiB");
  }
}
