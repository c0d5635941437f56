package dev.isoflop.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** What rules of a Role allow, a line each: {@code group/resource verb}. */
final class Permissions {
  private Permissions() {}

  static Set<String> of(JsonNode role) {
    Set<String> permissions = new TreeSet<>();
    for (JsonNode rule : role.get("rules")) {
      for (JsonNode group : rule.get("apiGroups")) {
        for (JsonNode resource : rule.get("resources")) {
          for (JsonNode verb : rule.get("verbs")) {
            permissions.add(line(group.asText(), resource.asText(), verb.asText()));
          }
        }
      }
    }
    return permissions;
  }

  static String line(String group, String resource, String verb) {
    return group + "/" + resource + " " + verb;
  }
}
