package dev.isoflop.operator.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.sweep.GridSpec;
import dev.isoflop.text.ShownTree;
import dev.isoflop.trial.TrialJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A field that defines the experiment and is not what the folder's trials were made with.
 *
 * @param field its path, such as {@code spec.training.optimizer.learningRate}
 * @param was as accepted first
 * @param is as written now
 */
public record ManifestChange(String field, String was, String is) {
  /**
   * The fields that define the experiment. {@code storage} is bound to a cluster, and without
   * effect here; the others say when and how trials run or what is made of their results. Budgets
   * and grid say which trials there are, so they may grow.
   */
  private static final List<String> DEFINING =
      List.of("flopConvention", "model", "data", "training", "evaluation");

  /** The changes between two versions of a spec that would make it another experiment. */
  static List<ManifestChange> between(ScalingSweepSpec accepted, ScalingSweepSpec now) {
    List<ManifestChange> changes = new ArrayList<>();
    List<Double> gone = new ArrayList<>(accepted.budgets());
    gone.removeAll(now.budgets());
    if (!gone.isEmpty()) {
      changes.add(
          new ManifestChange(
              "spec.budgets", accepted.budgets().toString(), now.budgets().toString()));
    }
    JsonNode before = TrialJson.MAPPER.valueToTree(accepted);
    JsonNode after = TrialJson.MAPPER.valueToTree(now);
    grid(accepted.grid(), now.grid(), before.path("grid"), after.path("grid"), changes);
    for (String field : DEFINING) {
      compare("spec." + field, before.path(field), after.path(field), changes);
    }
    return List.copyOf(changes);
  }

  /** The rules of the CRD's grid: it may gain sizes and repeats, and lose none. */
  private static void grid(
      GridSpec was, GridSpec is, JsonNode before, JsonNode after, List<ManifestChange> changes) {
    List<String> lessened = new ArrayList<>();
    if (is.trialsPerBudget() < was.trialsPerBudget()) {
      lessened.add("trialsPerBudget");
    }
    if (is.layers().min() > was.layers().min() || is.layers().max() < was.layers().max()) {
      lessened.add("layers");
    }
    boolean listed = is.shapes() != null;
    if (listed != (was.shapes() != null)
        || (listed && !Set.copyOf(is.shapes()).containsAll(was.shapes()))) {
      lessened.add("shapes");
    }
    if (is.span() < was.span()) {
      lessened.add("span");
    }
    if (is.repeats() < was.repeats()) {
      lessened.add("repeats");
    }
    for (String field : lessened) {
      changes.add(
          new ManifestChange(
              "spec.grid." + field, text(before.path(field)), text(after.path(field))));
    }
    compare("spec.grid.centre", before.path("centre"), after.path("centre"), changes);
  }

  private static void compare(
      String path, JsonNode before, JsonNode after, List<ManifestChange> changes) {
    if (before.isObject() && after.isObject()) {
      Set<String> names = new TreeSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(path + "." + name, before.path(name), after.path(name), changes);
      }
    } else if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        compare(path + "[" + i + "]", before.path(i), after.path(i), changes);
      }
    } else if (!same(before, after)) {
      changes.add(new ManifestChange(path, text(before), text(after)));
    }
  }

  private static boolean same(JsonNode before, JsonNode after) {
    if (before.isNumber() && after.isNumber()) {
      return Double.compare(before.doubleValue(), after.doubleValue()) == 0;
    }
    return (isAbsent(before) && isAbsent(after)) || before.equals(after);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isNull() || node instanceof MissingNode;
  }

  private static String text(JsonNode node) {
    return isAbsent(node) ? "absent" : ShownTree.of(node).toString();
  }

  @Override
  public String toString() {
    return was.equals(is)
        ? "%s %s differs in what is not shown".formatted(field, is)
        : "%s was %s and is now %s".formatted(field, was, is);
  }
}
