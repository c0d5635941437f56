package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Trials that somebody else wrote. */
class StoredTrialTest {
  private static ObjectNode succeeded() {
    Simulation simulation = new Simulation(SmallSweeps.specs()).runToFinish();
    return Serialization.unmarshal(Serialization.asJson(simulation.trial(0)), ObjectNode.class);
  }

  private static Trial read(ObjectNode trial) {
    return (Trial) WatchedResources.reader().unmarshal(trial.toString(), HasMetadata.class);
  }

  @Test
  void whatTheOperatorWroteIsTaken() {
    assertThat(Unreadable.problem(read(succeeded()))).isEmpty();
  }

  @Test
  void aSuccessWithoutAResultIsNamed() {
    ObjectNode trial = succeeded();
    ((ObjectNode) trial.get("status")).remove("result");

    assertThat(Unreadable.problem(read(trial)))
        .contains(
            "status.result: is missing, but the outcome is Succeeded; write what is true there, or"
                + " delete the trial, and its sweep trains it again");
  }

  @Test
  void aTrialWithoutAnExperimentIsNamed() {
    ObjectNode trial = succeeded();
    ((ObjectNode) trial.get("spec")).remove("experiment");

    assertThat(Unreadable.problem(read(trial)))
        .contains(
            "spec: has no key or no experiment; delete the trial, and its sweep makes it again");
  }

  @Test
  void aTimeThatIsNoneIsNamed() {
    ObjectNode trial = succeeded();
    ((ObjectNode) trial.get("status")).put("completionTime", "yesterday");

    assertThat(Unreadable.problem(read(trial)))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .startsWith("status.completionTime: 'yesterday' is not a time such as"));
  }
}
