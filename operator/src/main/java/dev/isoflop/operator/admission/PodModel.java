package dev.isoflop.operator.admission;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.isoflop.api.v1alpha1.bounds.Quantities;
import dev.isoflop.operator.manifest.Spelling;
import dev.isoflop.operator.plan.PlanError;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fields and types of pods as the Kubernetes client's model has them. An API server that is not
 * asked to be strict drops a misspelled field without a word, and the pod then lacks it.
 */
final class PodModel {
  /** Fields in a message; of larger types kubectl tells them. */
  private static final int MOST_LISTED = 12;

  /** Problems of a document that are told; each takes more memory than what it is about. */
  static final int MOST_PROBLEMS = 100;

  private final ObjectMapper mapper;
  private final Map<JavaType, Map<String, JavaType>> fields = new ConcurrentHashMap<>();

  PodModel(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * The fields of a document that its model lacks, and the values of another type, up to {@link
   * #MOST_PROBLEMS}.
   */
  List<PlanError> problems(String root, JsonNode document, Class<?> model) {
    List<PlanError> problems = new ArrayList<>();
    new Walk(root, problems).value("", document, mapper.constructType(model));
    return problems;
  }

  private Map<String, JavaType> fields(JavaType type) {
    return fields.computeIfAbsent(
        type,
        bean ->
            mapper.getDeserializationConfig().introspect(bean).findProperties().stream()
                .filter(BeanPropertyDefinition::couldDeserialize)
                .collect(
                    toMap(
                        BeanPropertyDefinition::getName,
                        BeanPropertyDefinition::getPrimaryType,
                        (one, other) -> one,
                        TreeMap::new)));
  }

  /** The walk through one document; paths are relative to its root. */
  private final class Walk {
    private final String root;
    private final List<PlanError> problems;

    Walk(String root, List<PlanError> problems) {
      this.root = root;
      this.problems = problems;
    }

    void value(String path, JsonNode value, JavaType type) {
      if (value.isNull() || type.isJavaLangObject() || type.isTypeOrSubTypeOf(JsonNode.class)) {
        return;
      }
      if (type.isMapLikeType()) {
        if (expect(path, value, value.isObject(), "a mapping")) {
          value
              .properties()
              .forEach(
                  entry ->
                      entry(
                          path + "['" + entry.getKey() + "']",
                          entry.getValue(),
                          type.getContentType()));
        }
      } else if (type.isCollectionLikeType()) {
        if (expect(path, value, value.isArray(), "a list")) {
          for (int i = 0; i < value.size(); i++) {
            item(path + "[" + i + "]", value.get(i), type.getContentType());
          }
        }
      } else if (!scalar(path, value, type) && expect(path, value, value.isObject(), "a mapping")) {
        value.properties().forEach(entry -> field(path, entry.getKey(), entry.getValue(), type));
      }
    }

    /** A field without a value is as one left out, but an item of a list is not. */
    private void item(String path, JsonNode item, JavaType type) {
      filled(path, item, type, "fill it, or take its dash out of the list");
    }

    /** A label without a value is an empty one, but an amount has none. */
    private void entry(String path, JsonNode amount, JavaType type) {
      if (type.hasRawClass(Quantity.class)) {
        filled(path, amount, type, Quantities.EXAMPLES);
      } else {
        value(path, amount, type);
      }
    }

    private void tell(PlanError problem) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(problem);
      }
    }

    private void filled(String path, JsonNode value, JavaType type, String remedy) {
      if (value.isNull()) {
        tell(new PlanError.TemplateInvalid(root + path, "is empty", remedy));
      } else {
        value(path, value, type);
      }
    }

    private void field(String path, String name, JsonNode value, JavaType bean) {
      Map<String, JavaType> known = fields(bean);
      JavaType type = known.get(name);
      if (type != null) {
        value(path + "." + name, value, type);
        return;
      }
      tell(
          new PlanError.TemplateInvalid(
              root + path + "." + name,
              "unknown field",
              Spelling.nearest(name, known.keySet())
                  .map(meant -> "did you mean " + meant + "?")
                  .orElseGet(
                      () ->
                          known.size() > MOST_LISTED
                              ? explained(path)
                              : "its fields are " + String.join(", ", known.keySet()))));
    }

    /** Whether the type has no fields of its own; a value that does not fit is told. */
    private boolean scalar(String path, JsonNode value, JavaType type) {
      if (type.hasRawClass(String.class) || type.isEnumType()) {
        expect(path, value, value.isTextual(), "text; put it in quotes");
      } else if (type.hasRawClass(Boolean.class)) {
        expect(path, value, value.isBoolean(), "true or false");
      } else if (type.hasRawClass(Integer.class)) {
        expect(path, value, value.canConvertToInt() && value.isIntegralNumber(), "a whole number");
      } else if (type.hasRawClass(Long.class)) {
        expect(path, value, value.canConvertToLong() && value.isIntegralNumber(), "a whole number");
      } else if (type.isTypeOrSubTypeOf(Number.class)) {
        expect(path, value, value.isNumber(), "a number");
      } else if (type.hasRawClass(Quantity.class)) {
        expect(
            path,
            value,
            value.isNumber() || (value.isTextual() && Quantities.matches(value.asText())),
            "a quantity; " + Quantities.EXAMPLES);
      } else if (type.hasRawClass(IntOrString.class)) {
        expect(path, value, value.isInt() || value.isTextual(), "a whole number or text");
      } else {
        return false;
      }
      return true;
    }

    private boolean expect(String path, JsonNode value, boolean fits, String wanted) {
      if (!fits) {
        String[] parts = wanted.split("; ", 2);
        tell(
            new PlanError.TemplateInvalid(
                root + path,
                "is %s, not %s".formatted(shown(value), parts[0]),
                parts.length > 1 ? parts[1] : explained(path)));
      }
      return fits;
    }
  }

  private static String explained(String path) {
    return "see kubectl explain job.spec.template" + path.replaceAll("\\[[^\\]]*]", "");
  }

  private static String shown(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "'" + value.asText() + "'";
      case ARRAY -> "a list";
      case OBJECT, POJO -> "a mapping";
      case NUMBER, BOOLEAN, BINARY, MISSING, NULL -> value.asText();
    };
  }
}
