package dev.isoflop.operator.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer of a Keras model as its description lists it.
 *
 * @param kind Keras's class, such as {@code Conv2D}
 * @param inputs names of the layers whose outputs it takes
 * @param config what its class was made with
 */
record KerasLayer(String name, String kind, List<String> inputs, JsonNode config) {
  KerasLayer {
    inputs = List.copyOf(inputs);
  }

  static KerasLayer of(JsonNode layer) {
    List<String> inputs = new ArrayList<>();
    for (JsonNode input : layer.path("inbound_nodes").path(0)) {
      inputs.add(input.path(0).asText());
    }
    return new KerasLayer(
        layer.path("name").asText(),
        layer.path("class_name").asText(),
        inputs,
        layer.path("config"));
  }

  /** Whether the output of a stride of 1 is as large as the input. */
  boolean padded() {
    return config.path("padding").asText().equals("same");
  }

  /** Both numbers of a pair such as {@code strides}. */
  int[] pair(String name) {
    return new int[] {config.path(name).path(0).asInt(), config.path(name).path(1).asInt()};
  }
}
