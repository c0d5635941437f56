package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader of a dashboard may expect, and what lets it be imported anywhere. */
class DashboardTest {
  private static final int COLUMNS = 24;
  private static final Set<String> KNOWN =
      Set.of("timeseries", "stat", "gauge", "bargauge", "table", "xychart");
  private static final Set<String> GRAFANAS_OWN = Set.of("__rate_interval", "__range");
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

  static List<Dashboard> dashboards() throws IOException {
    return Dashboard.all();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void fitsTheSchemaOfCurrentGrafana(Dashboard dashboard) {
    JsonNode json = dashboard.json();
    assertThat(json.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
    assertThat(json.get("title").asText()).startsWith("Isoflop: ");
    assertThat(json.get("description").asText()).isNotBlank();
    assertThat(json.get("tags")).extracting(JsonNode::asText).contains("isoflop");
    // Links and bookmarks hold, however it was imported; the number is Grafana's own affair.
    assertThat(json.get("uid").asText())
        .isEqualTo("isoflop-" + dashboard.file().replace(".json", ""))
        .hasSizeLessThanOrEqualTo(40);
    assertThat(json.has("id")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelSaysWhatItShowsAndInWhichUnit(Dashboard dashboard) {
    assertThat(dashboard.panels())
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              assertThat(panel.get("title").asText()).isNotBlank();
              assertThat(panel.get("description").asText())
                  .as("%s", panel.get("title"))
                  .endsWith(".");
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
              assertThat(panel.get("type").asText()).isIn(KNOWN);
              // Grafana takes options without a version for those of the oldest format.
              assertThat(panel.path("pluginVersion").asText()).matches("1[1-9]\\.\\d+\\.\\d+");
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEqualTo("h");
              assertThat(panel.get("options").isObject()).isTrue();
              assertThat(panel.get("targets")).isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyQueryGoesToTheChosenDataSource(Dashboard dashboard) {
    assertThat(dashboard.json().at("/templating/list/0/type").asText()).isEqualTo("datasource");
    for (JsonNode panel : dashboard.panels()) {
      assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
      Set<String> references = new HashSet<>();
      for (JsonNode target : panel.get("targets")) {
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(target.path("instant").asBoolean() || target.path("range").asBoolean()).isTrue();
        assertThat(references.add(target.get("refId").asText())).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyVariableUsedIsThere(Dashboard dashboard) {
    Set<String> defined = new HashSet<>(GRAFANAS_OWN);
    dashboard
        .json()
        .at("/templating/list")
        .forEach(variable -> defined.add(variable.get("name").asText()));
    assertThat(dashboard.queries()).isNotEmpty();
    for (Dashboard.Query query : dashboard.queries()) {
      Matcher variables = VARIABLE.matcher(query.expression());
      while (variables.find()) {
        assertThat(defined).as(query.toString()).contains(variables.group(1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsHaveNumbersOfTheirOwnAndDoNotOverlap(Dashboard dashboard) {
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    assertThat(dashboard.json().get("panels")).isNotEmpty();
    for (JsonNode panel : dashboard.json().get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).isTrue();
      JsonNode place = panel.get("gridPos");
      int right = place.get("x").asInt() + place.get("w").asInt();
      assertThat(right).isLessThanOrEqualTo(COLUMNS);
      for (int x = place.get("x").asInt(); x < right; x++) {
        for (int dy = 0; dy < place.get("h").asInt(); dy++) {
          assertThat(cells.add(x + "," + (place.get("y").asInt() + dy)))
              .as("%s overlaps another panel", panel.get("title"))
              .isTrue();
        }
      }
    }
  }
}
