package dev.isoflop.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Resources made to break their reader, each from a sound one: what a store may hold from before a
 * rule of the schema, or from another release. Lists have no null items, which every API server
 * refuses.
 */
public final class HostileResources {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000\u001b[2J\u202e",
          "http://me:secret@host/x?sig=y#z",
          "http://[::1",
          "file:///etc/shadow",
          "../../..",
          "scenes:",
          "a{0..99999999}b.tar",
          "-1",
          "1e999",
          "NaN",
          "PT-5S",
          "PT999999999999H",
          "P1Y",
          "0 0 25 * * ?",
          "* * * * * ? *",
          "Europe/Nowhere",
          "9999999999999999999Gi",
          "sha256:",
          "x".repeat(70_000),
          "http:".repeat(14_000),
          "%".repeat(5_000),
          "\ud800");
  private static final double[] NUMBERS = {
    0,
    -0.0,
    -1,
    1,
    1e-320,
    0.5,
    1.5,
    63,
    64,
    65,
    4096,
    1e9,
    2147483648d,
    1e15,
    9.3e18,
    1e300,
    -1e300
  };

  /** A container and the field or place in it where something may be put. */
  private record Place(JsonNode container, String field, int index) {
    void put(JsonNode value) {
      if (container instanceof ObjectNode object) {
        object.set(field, value);
      } else {
        ((ArrayNode) container).set(index, value);
      }
    }

    void remove() {
      if (container instanceof ObjectNode object) {
        object.remove(field);
      } else {
        ((ArrayNode) container).remove(index);
      }
    }

    JsonNode value() {
      return container instanceof ObjectNode object ? object.get(field) : container.get(index);
    }
  }

  private final Random random;

  public HostileResources(long seed) {
    random = new Random(seed);
  }

  /** The resource with up to four changes below one of its parts. */
  public ObjectNode of(ObjectNode sound, String part) {
    ObjectNode resource = sound.deepCopy();
    for (int change = 0; change <= random.nextInt(4); change++) {
      List<Place> places = new ArrayList<>();
      collect(resource.get(part), places);
      if (!places.isEmpty()) {
        change(places.get(random.nextInt(places.size())));
      }
    }
    return resource;
  }

  private static void collect(JsonNode container, List<Place> places) {
    if (container instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(name -> places.add(new Place(object, name, 0)));
    } else if (container instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        places.add(new Place(array, "", i));
      }
    }
    if (container != null) {
      container.forEach(child -> collect(child, places));
    }
  }

  private void change(Place place) {
    JsonNode value = place.value();
    switch (random.nextInt(8)) {
      case 0 -> place.remove();
      case 1, 2 -> place.put(NODES.numberNode(NUMBERS[random.nextInt(NUMBERS.length)]));
      case 3, 4 -> place.put(NODES.textNode(TEXTS.get(random.nextInt(TEXTS.size()))));
      case 5 -> place.put(random.nextBoolean() ? NODES.objectNode() : NODES.arrayNode());
      case 6 -> {
        if (value instanceof ArrayNode array && !array.isEmpty()) {
          int copies = 1 + random.nextInt(300);
          for (int i = 0; i < copies; i++) {
            array.add(array.get(random.nextInt(array.size())).deepCopy());
          }
        } else {
          place.put(nested(random.nextInt(200)));
        }
      }
      default -> {
        if (place.container() instanceof ObjectNode object) {
          object.set("unknown" + random.nextInt(10), value.deepCopy());
        } else {
          place.put(NODES.booleanNode(random.nextBoolean()));
        }
      }
    }
  }

  private static JsonNode nested(int depth) {
    JsonNode inner = NODES.textNode("x");
    for (int i = 0; i < depth; i++) {
      inner = i % 2 == 0 ? NODES.arrayNode().add(inner) : NODES.objectNode().set("a", inner);
    }
    return inner;
  }
}
