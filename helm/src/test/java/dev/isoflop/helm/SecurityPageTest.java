package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tables of rights in docs/security.md, against the Roles that the chart renders. */
class SecurityPageTest {
  /** The permissions of a table, as {@link Permissions} writes those of a Role. */
  private static Set<String> documented(String table) throws IOException {
    List<String> page = Files.readAllLines(DocumentedCommands.ROOT.resolve("docs/security.md"));
    int marker = page.indexOf("<!-- rights: " + table + " -->");
    assertThat(marker).as("the table '%s' of docs/security.md", table).isNotNegative();
    Set<String> permissions = new TreeSet<>();
    // Behind the marker: the names of the columns and the line below them.
    for (String row : page.subList(marker + 3, page.size())) {
      if (!row.startsWith("|")) {
        break;
      }
      String[] cells = row.split("\\|", -1);
      String group = cells[1].strip().equals("core") ? "" : code(cells[1]);
      for (String verb : cells[3].split(",", -1)) {
        permissions.add(Permissions.line(group, code(cells[2]), verb.strip()));
      }
    }
    assertThat(permissions).isNotEmpty();
    return permissions;
  }

  /** What stands between the first two backticks of a cell. */
  private static String code(String cell) {
    String[] parts = cell.split("`", -1);
    assertThat(parts).as(cell).hasSizeGreaterThanOrEqualTo(3);
    return parts[1];
  }

  private static JsonNode role(String name) throws IOException {
    return Chart.ofKind(Chart.template().call(), "Role").stream()
        .filter(role -> role.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOperatorsRightsAreThoseOfThePage() throws IOException {
    assertThat(documented("operator")).isEqualTo(Permissions.of(role("isoflop")));
  }

  @Test
  void theLeadersRightsAreThoseOfThePageAndLimitedToItsLease() throws IOException {
    JsonNode leader = role("isoflop-leader");
    assertThat(documented("leader")).isEqualTo(Permissions.of(leader));
    assertThat(leader.get("rules"))
        .allSatisfy(
            rule ->
                assertThat(rule.has("resourceNames"))
                    .isEqualTo(!rule.get("verbs").toString().equals("[\"create\"]")))
        .hasSize(2);
  }
}
