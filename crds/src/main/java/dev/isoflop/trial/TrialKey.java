package dev.isoflop.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.common.Sha256;
import java.util.TreeSet;

/**
 * The digest that names an experiment: SHA-256 over its canonical form, shortened to 16 hexadecimal
 * digits. The canonical form sorts fields by name, leaves out those that are null, and writes
 * numbers as the bits of a double, so that neither field order, nor the number's notation, nor the
 * Java version shows in it.
 */
public final class TrialKey {
  private static final int DIGITS = 16;

  /**
   * Stands behind an experiment without clipping. A clip of 0 used to multiply every gradient by
   * zero: what was trained so, to its random start, must not be taken for what it means now.
   */
  private static final String UNCLIPPED = "unclipped;";

  private TrialKey() {}

  public static String of(TrialExperiment experiment) {
    StringBuilder canonical = new StringBuilder();
    write(TrialJson.MAPPER.valueToTree(experiment), canonical);
    if (experiment.training().gradientClip() == 0) {
      canonical.append(UNCLIPPED);
    }
    return Sha256.hex(canonical.toString()).substring(0, DIGITS);
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      node.fieldNames().forEachRemaining(names::add);
      out.append('{');
      for (String name : names) {
        JsonNode value = node.path(name);
        if (!value.isNull()) {
          out.append(name).append(':');
          write(value, out);
          out.append(';');
        }
      }
      out.append('}');
    } else if (node.isArray()) {
      out.append('[');
      for (JsonNode element : node) {
        write(element, out);
        out.append(';');
      }
      out.append(']');
    } else if (node.isNumber()) {
      out.append(Long.toHexString(Double.doubleToLongBits(node.doubleValue())));
    } else {
      out.append(node.toString());
    }
  }
}
