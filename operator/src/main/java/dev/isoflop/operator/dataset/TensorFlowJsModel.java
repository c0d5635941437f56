package dev.isoflop.operator.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A Keras model in TensorFlow.js' format, packed into scripts: {@code model.min.js} holds the
 * description as an object literal, {@code group1-shard*.min.js} the weights in Base64. The scripts
 * are read as text and never run.
 *
 * @param layers in an order in which each comes after its inputs
 * @param weights by name, such as {@code conv2d_1/kernel}
 */
record TensorFlowJsModel(List<KerasLayer> layers, Map<String, Weight> weights) {
  private static final String EXPORTS = "exports=";
  private static final JsonMapper LITERAL =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
          .build();

  TensorFlowJsModel {
    layers = List.copyOf(layers);
    weights = Map.copyOf(weights);
  }

  /**
   * Reads a model's files.
   *
   * @param files by name, shards in their order
   * @throws DatasetException if they are not such a model
   */
  static TensorFlowJsModel read(SortedMap<String, byte[]> files) throws DatasetException {
    JsonNode model = null;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String script = new String(file.getValue(), StandardCharsets.ISO_8859_1);
      if (file.getKey().endsWith("/model.min.js")) {
        model = description(file.getKey(), script);
      } else {
        bytes.writeBytes(shard(file.getKey(), script));
      }
    }
    if (model == null) {
      throw wrong("no model.min.js among " + files.keySet(), null);
    }
    List<KerasLayer> layers = new ArrayList<>();
    model
        .at("/modelTopology/model_config/config/layers")
        .forEach(l -> layers.add(KerasLayer.of(l)));
    return new TensorFlowJsModel(layers, weights(model.path("weightsManifest"), bytes));
  }

  private static JsonNode description(String name, String script) throws DatasetException {
    int start = script.indexOf(EXPORTS + "{");
    if (start < 0) {
      throw wrong(name + " holds no object", null);
    }
    String literal =
        script.substring(start + EXPORTS.length()).replace("!0", "true").replace("!1", "false");
    try {
      return LITERAL.readTree(literal); // ends with the object; what follows is not read
    } catch (JsonProcessingException e) {
      throw wrong(name + ": " + e.getOriginalMessage(), e);
    }
  }

  private static byte[] shard(String name, String script) throws DatasetException {
    int start = script.indexOf(EXPORTS + "\"") + EXPORTS.length() + 1;
    int end = script.indexOf('"', start);
    if (start < EXPORTS.length() + 1 || end < 0) {
      throw wrong(name + " holds no text", null);
    }
    try {
      return Base64.getDecoder().decode(script.substring(start, end));
    } catch (IllegalArgumentException e) {
      throw wrong(name + " is not Base64: " + e.getMessage(), e);
    }
  }

  /** Bytes become numbers as TensorFlow.js makes them: q * scale + min in FP64, kept as FP32. */
  private static Map<String, Weight> weights(JsonNode manifest, ByteArrayOutputStream data)
      throws DatasetException {
    byte[] bytes = data.toByteArray();
    Map<String, Weight> weights = new HashMap<>();
    int offset = 0;
    for (JsonNode group : manifest) {
      for (JsonNode entry : group.path("weights")) {
        String name = entry.path("name").asText();
        JsonNode quantization = entry.path("quantization");
        if (!quantization.path("dtype").asText().equals("uint8")) {
          throw wrong(name + " is not stored in 8 bits", null);
        }
        int[] shape = new int[entry.path("shape").size()];
        int size = 1;
        for (int i = 0; i < shape.length; i++) {
          shape[i] = entry.path("shape").path(i).asInt();
          size = Math.multiplyExact(size, shape[i]);
        }
        if (size > bytes.length - offset) {
          throw wrong("the weights end within " + name, null);
        }
        float[] values = new float[size];
        double scale = quantization.path("scale").asDouble();
        double min = quantization.path("min").asDouble();
        for (int i = 0; i < size; i++) {
          values[i] = (float) ((bytes[offset + i] & 0xff) * scale + min);
        }
        offset += size;
        weights.put(name, new Weight(shape, values));
      }
    }
    if (offset != bytes.length) {
      throw wrong("%d bytes of weights instead of %d".formatted(bytes.length, offset), null);
    }
    return weights;
  }

  private static DatasetException wrong(String problem, @Nullable Throwable cause) {
    return new DatasetException(
        "the model is not in the format known: " + problem, "use the pinned version", cause);
  }
}
