package dev.isoflop.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.operator.collect.AllowedHosts;
import dev.isoflop.operator.plan.PlanError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CollectionRulesTest {
  private static final CollectionRules CLUSTER =
      CollectionRules.ofCluster(new AllowedHosts(AllowedHosts.SERVICES, Optional.of("isoflop")));

  private static List<String> told(CollectionRules rules, @Nullable String url, String interval) {
    return rules.refusals(new CollectionSpec(url, interval)).stream()
        .map(PlanError::message)
        .toList();
  }

  @Test
  void aHostThatIsNotAllowedIsToldWithTheWayOut() {
    assertThat(told(CLUSTER, "http://169.254.169.254/latest", "PT15S"))
        .containsExactly(
            "spec.collection.prometheusUrl: is http://169.254.169.254/latest, whose host this"
                + " operator does not ask; name a Service, such as"
                + " http://prometheus.monitoring:9090, or have the host added to the chart's value"
                + " collection.allowedPrometheus");
    assertThat(told(CLUSTER, "http://prometheus.monitoring:9090", "PT15S")).isEmpty();
    assertThat(told(CLUSTER, null, "PT15S")).isEmpty();
  }

  @Test
  void anAddressThatIsMoreThanOneIsRefusedEverywhere() {
    for (CollectionRules rules : List.of(CLUSTER, CollectionRules.ofManifests())) {
      assertThat(told(rules, "http://me:secret@host:9090/x?y=secret#", "PT15S"))
          .containsExactly(
              "spec.collection.prometheusUrl: is http://host:9090/x?…; give http or https"
                  + " with a host, a port and a plain path and nothing else, such as"
                  + " http://prometheus.monitoring:9090");
    }
  }

  @Test
  void anIntervalThatIsTooShortIsRefusedInManifestsAndServedWhereItIsStored() {
    assertThat(told(CollectionRules.ofManifests(), null, "PT1S"))
        .containsExactly("spec.collection.interval: is PT1S; give at least PT5S");
    assertThat(told(CollectionRules.ofManifests(), null, "PT5S")).isEmpty();
    assertThat(told(CLUSTER, null, "PT1S")).isEmpty();
  }
}
