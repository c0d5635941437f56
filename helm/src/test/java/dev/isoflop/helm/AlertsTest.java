package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Path RULES = Chart.FOLDER.resolve("files/alerts.yaml");
  private static final Path TESTS = Path.of("src/test/resources/alerts-test.yaml");

  private static String promtool(String... arguments) throws IOException, InterruptedException {
    Optional<Path> program = Programs.find("promtool");
    assumeTrue(program.isPresent(), "no promtool on the PATH; install the package prometheus");
    ProcessBuilder builder = new ProcessBuilder(program.get().toString());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void areValidRules() throws Exception {
    assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
  }

  @Test
  void fireWhenTheyShouldAndOnlyThen() throws Exception {
    assertThat(promtool("test", "rules", TESTS.toString())).contains("SUCCESS");
  }

  @Test
  void eachIsTestedBothWays() throws IOException {
    Set<String> firing = new HashSet<>();
    Set<String> silent = new HashSet<>();
    for (JsonNode test : Chart.YAML.readTree(TESTS.toFile()).get("tests")) {
      for (JsonNode expectation : test.get("alert_rule_test")) {
        boolean fires = !expectation.path("exp_alerts").isEmpty();
        (fires ? firing : silent).add(expectation.get("alertname").asText());
      }
    }
    JsonNode rules = Chart.YAML.readTree(RULES.toFile()).at("/groups/0/rules");
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      String alert = rule.get("alert").asText();
      assertThat(firing).contains(alert);
      assertThat(silent).contains(alert);
      assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
      assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).isNotBlank();
    }
  }
}
