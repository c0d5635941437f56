package dev.isoflop.operator.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.operator.plan.PlanError;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value of a template, and where it stands. What is absent and what is null are both empty.
 *
 * @param path such as {@code scheduling.podTemplate.spec.volumes[0]}
 */
record Place(String path, JsonNode value) {
  /** A remedy for what no template needs. */
  static final String LEAVE_OUT = "leave it out";

  /** Beginning of the names of containers and volumes that the operator adds. */
  private static final String OWN_NAMES = "isoflop-";

  Place at(String... fields) {
    Place place = this;
    for (String field : fields) {
      place = new Place(place.path + "." + field, place.value.path(field));
    }
    return place;
  }

  boolean isEmpty() {
    return value.isMissingNode() || value.isNull();
  }

  boolean isTrue() {
    return value.asBoolean(false);
  }

  /** The text of it; empty if there is none. */
  String text() {
    return isEmpty() ? "" : value.asText();
  }

  boolean hasItems() {
    return value.isArray() && !value.isEmpty();
  }

  /** Each item of a list that has something in it. */
  Stream<Place> items() {
    return IntStream.range(0, value.isArray() ? value.size() : 0)
        .mapToObj(i -> new Place("%s[%d]".formatted(path, i), value.get(i)));
  }

  /** Each field of a mapping that has a value, by its name. */
  Stream<Map.Entry<String, Place>> fields() {
    return value.properties().stream()
        .map(field -> Map.entry(field.getKey(), at(field.getKey())))
        .filter(field -> !field.getValue().isEmpty());
  }

  /** Each entry of a mapping whose keys are the user's. */
  Stream<Map.Entry<String, Place>> entries() {
    return value.properties().stream()
        .map(
            entry ->
                Map.entry(
                    entry.getKey(),
                    new Place("%s['%s']".formatted(path, entry.getKey()), entry.getValue())));
  }

  PlanError refused(String problem, String remedy) {
    return new PlanError.TemplateForbidden(path, problem, remedy);
  }

  /** The refusal of what stands here, if something is so. */
  Stream<PlanError> refusedIf(boolean wrong, String problem, String remedy) {
    return wrong ? Stream.of(refused(problem, remedy)) : Stream.empty();
  }

  /** The refusal of a name that begins as the operator's own do. */
  Stream<PlanError> refusedIfOwn(String what) {
    return refusedIf(
        text().startsWith(OWN_NAMES),
        "is '%s', and what begins with %s is the operator's".formatted(text(), OWN_NAMES),
        "give the %s another name".formatted(what));
  }
}
