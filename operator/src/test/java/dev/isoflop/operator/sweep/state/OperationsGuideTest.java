package dev.isoflop.operator.sweep.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.plan.PlanError;
import dev.isoflop.operator.sweep.status.SweepReason;
import dev.isoflop.rules.BrokenRule;
import dev.isoflop.trial.OutcomeReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever meets a reason in a status finds it in the guide. */
class OperationsGuideTest {
  private static final Path GUIDE = Path.of("../docs/operations.md");

  static Stream<String> reasons() {
    return Stream.of(
            Arrays.stream(SweepReason.values()).map(Enum::name),
            Arrays.stream(TrialReason.values()).map(Enum::name),
            Arrays.stream(OutcomeReason.values()).map(Enum::name),
            Arrays.stream(ConditionType.values()).map(Enum::name),
            Arrays.stream(PlanError.class.getPermittedSubclasses())
                .filter(
                    error -> error != PlanError.RuleBroken.class) // its reason is the rule's kind
                .map(Class::getSimpleName),
            Arrays.stream(BrokenRule.Kind.values()).map(Enum::name),
            Stream.of("GridExtended", "PredictionInTraining", "PredictionMeasured"))
        .flatMap(names -> names)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void theGuideExplains(String reason) throws IOException {
    assertThat(Files.readString(GUIDE)).containsPattern("\\b" + Pattern.quote(reason) + "\\b");
  }
}
