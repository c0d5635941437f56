package dev.isoflop.operator.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a manifest in a block of a document, such as {@code scheduling: ...}.
 *
 * @param line of its block, counted from 1
 */
record WrittenPart(Path file, int line, JsonNode tree) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```ya?ml\\n(.*?)^```$");
  private static final Pattern KEY = Pattern.compile("(\\w+):.*");

  /** A digest that a document does not write out. */
  private static final Pattern ELIDED = Pattern.compile("(sha256: *)\"?[0-9a-f]*\\.\\.\\.\"?");

  private static final String DIGEST = "0123456789abcdef".repeat(4);

  /** All of a document, in their order; whole manifests are left out. */
  static List<WrittenPart> in(Path file, String content) throws IOException {
    List<WrittenPart> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(content);
    while (block.find()) {
      if (!block.group(1).contains("apiVersion:")) {
        int line = (int) content.substring(0, block.start()).lines().count() + 1;
        for (String one : alternatives(block.group(1))) {
          String whole = ELIDED.matcher(one).replaceAll("$1" + DIGEST);
          found.add(new WrittenPart(file, line, YAML.readTree(whole)));
        }
      }
    }
    return found;
  }

  /** A block that gives a field twice shows two ways to write it. */
  private static List<String> alternatives(String block) {
    List<String> found = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    StringBuilder current = new StringBuilder();
    for (String line : block.lines().toList()) {
      Matcher key = KEY.matcher(line);
      if (key.matches() && !keys.add(key.group(1))) {
        found.add(current.toString());
        current.setLength(0);
        keys.clear();
        keys.add(key.group(1));
      }
      current.append(line).append('\n');
    }
    found.add(current.toString());
    return found;
  }

  /**
   * The manifest with this part in place of its own. It measures on what it trains on, as every
   * sweep must.
   */
  String in(JsonNode manifest) throws IOException {
    ObjectNode whole = manifest.deepCopy();
    ObjectNode spec = whole.withObjectProperty("spec");
    ObjectNode data = spec.withObjectProperty("data");
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      switch (field.getKey()) {
        case "train" -> data.set("train", field.getValue());
        case "uri" -> data.withObjectProperty("train").set("uri", field.getValue());
        case "data" -> data.setAll((ObjectNode) field.getValue());
        default -> spec.set(field.getKey(), field.getValue());
      }
    }
    if (!data.path("train").equals(manifest.at("/spec/data/train"))) {
      data.putArray("evaluation").add(data.path("train"));
    }
    return YAML.writeValueAsString(whole);
  }

  @Override
  public String toString() {
    return file + ":" + line + " " + tree;
  }
}
