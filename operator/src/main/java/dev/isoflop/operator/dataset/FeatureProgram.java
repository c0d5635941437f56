package dev.isoflop.operator.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A Keras network up to one layer as TorchScript: a line for each layer, with batch normalisation
 * folded into the convolution before it. It returns the means of that layer's channels.
 *
 * <p>{@code forward} takes images {@code [B, 3, H, W]} in 0 ... 255. It brings them to an edge of H
 * held between {@value #SMALLEST_EDGE} and {@value #LARGEST_EDGE}, bilinear and antialiased, and
 * divides by 255, as nsfwjs does. In smaller images than that too little of the plane is left at
 * the last layer; larger ones the network has never seen.
 */
final class FeatureProgram {
  static final int SMALLEST_EDGE = 107;
  static final int LARGEST_EDGE = 299;
  static final String CLASS = "Features";

  private static final String FORWARD =
      """
        def forward(self: __torch__.%s, img: Tensor) -> Tensor:
          edge = torch.size(img, 2)
          if edge < %d:
            edge = %d
          if edge > %d:
            edge = %d
          pixels = torch.to(img, 6, False, False, None)
          resized = torch._upsample_bilinear2d_aa(pixels, [edge, edge], False, None, None)
          image = torch.div(resized, 255.)
      """
          .formatted(CLASS, SMALLEST_EDGE, SMALLEST_EDGE, LARGEST_EDGE, LARGEST_EDGE);

  private final TensorFlowJsModel model;
  private final Map<String, KerasLayer> normalisations = new HashMap<>();
  private final Map<String, Weight> tensors = new LinkedHashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  private FeatureProgram(TensorFlowJsModel model) {
    this.model = model;
    for (KerasLayer layer : model.layers()) {
      if (layer.kind().equals("BatchNormalization")) {
        normalisations.put(layer.inputs().get(0), layer);
      }
    }
  }

  /**
   * Writes the program.
   *
   * @param last the layer whose means are the features
   * @throws DatasetException if the network has parts that are not known here
   */
  static FeatureProgram upTo(String last, TensorFlowJsModel model) throws DatasetException {
    FeatureProgram program = new FeatureProgram(model);
    for (KerasLayer layer : model.layers()) {
      program.add(layer);
      if (layer.name().equals(last)) {
        String plane = Objects.requireNonNull(program.variables.get(last));
        program.lines.add("return torch.mean(" + plane + ", [2, 3], False, dtype=None)");
        return program;
      }
    }
    throw unknown("there is no layer " + last);
  }

  /** The class, in the language of TorchScript archives. */
  String text() {
    StringBuilder text = new StringBuilder("class " + CLASS + "(Module):\n");
    text.append("  __parameters__ = [");
    tensors.keySet().forEach(name -> text.append('"').append(name).append("\", "));
    text.append("]\n  __buffers__ = []\n  training : bool\n");
    tensors.keySet().forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
    text.append(FORWARD);
    lines.forEach(line -> text.append("    ").append(line).append('\n'));
    return text.toString();
  }

  /** Parameters of the network by name, in the order of their use. */
  Map<String, Weight> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  private void add(KerasLayer layer) throws DatasetException {
    List<String> inputs = new ArrayList<>();
    for (String input : layer.inputs()) {
      String variable = variables.get(input);
      if (variable == null) {
        throw unknown(layer.name() + " takes " + input + ", which comes later");
      }
      inputs.add(variable);
    }
    String input = inputs.isEmpty() ? "" : inputs.get(0);
    switch (layer.kind()) {
      case "InputLayer" -> variables.put(layer.name(), "image");
      case "BatchNormalization" -> variables.put(layer.name(), input); // in the convolution already
      case "Conv2D" -> compute(layer, convolution(layer, input));
      case "Activation" -> compute(layer, relu(layer, input));
      case "MaxPooling2D" -> compute(layer, largest(layer, input));
      case "AveragePooling2D" -> compute(layer, average(layer, input));
      case "Concatenate" -> compute(layer, "torch.cat([" + String.join(", ", inputs) + "], 1)");
      default -> throw unknown(layer.name() + " is a " + layer.kind());
    }
  }

  private void compute(KerasLayer layer, String expression) {
    String variable = "v_" + layer.name();
    lines.add(variable + " = " + expression);
    variables.put(layer.name(), variable);
  }

  private String convolution(KerasLayer layer, String input) throws DatasetException {
    int[] strides = layer.pair("strides");
    KerasLayer normalisation = normalisations.get(layer.name());
    boolean plain =
        Arrays.equals(layer.pair("dilation_rate"), new int[] {1, 1})
            && !layer.config().path("use_bias").asBoolean()
            && layer.config().path("activation").asText().equals("linear");
    if (normalisation == null || !plain) {
      throw unknown(layer.name() + " is not a plain convolution with batch normalisation");
    }
    int[] kernel = layer.pair("kernel_size");
    int[] padding = {0, 0};
    if (layer.padded()) {
      requireUnitStride(layer, strides);
      padding = new int[] {kernel[0] / 2, kernel[1] / 2};
    }
    fold(layer, normalisation);
    return "torch.conv2d(%s, self.w_%s, self.b_%s, %s, %s, [1, 1], 1)"
        .formatted(
            input, layer.name(), layer.name(), Arrays.toString(strides), Arrays.toString(padding));
  }

  /**
   * {@code (w x - mean) / sqrt(variance + epsilon) + beta} as one convolution. Keras stores kernels
   * as [height, width, in, out], PyTorch as [out, in, height, width].
   */
  private void fold(KerasLayer layer, KerasLayer normalisation) throws DatasetException {
    Weight kernel = weight(layer.name() + "/kernel");
    Weight beta = weight(normalisation.name() + "/beta");
    Weight mean = weight(normalisation.name() + "/moving_mean");
    Weight variance = weight(normalisation.name() + "/moving_variance");
    if (normalisation.config().path("scale").asBoolean()) {
      throw unknown(normalisation.name() + " has a scale");
    }
    double epsilon = normalisation.config().path("epsilon").asDouble();
    int plane = kernel.shape()[0] * kernel.shape()[1];
    int in = kernel.shape()[2];
    int out = kernel.shape()[3];
    float[] folded = new float[kernel.values().length];
    float[] bias = new float[out];
    for (int o = 0; o < out; o++) {
      double scale = 1 / Math.sqrt(variance.values()[o] + epsilon);
      bias[o] = (float) (beta.values()[o] - mean.values()[o] * scale);
      for (int i = 0; i < in; i++) {
        for (int p = 0; p < plane; p++) {
          folded[(o * in + i) * plane + p] =
              (float) (kernel.values()[(p * in + i) * out + o] * scale);
        }
      }
    }
    int[] shape = {out, in, kernel.shape()[0], kernel.shape()[1]};
    tensors.put("w_" + layer.name(), new Weight(shape, folded));
    tensors.put("b_" + layer.name(), new Weight(new int[] {out}, bias));
  }

  private Weight weight(String name) throws DatasetException {
    Weight weight = model.weights().get(name);
    if (weight == null) {
      throw unknown("there are no weights " + name);
    }
    return weight;
  }

  private static String relu(KerasLayer layer, String input) throws DatasetException {
    if (!layer.config().path("activation").asText().equals("relu")) {
      throw unknown(layer.name() + " is not a ReLU");
    }
    return "torch.relu(" + input + ")";
  }

  private static String largest(KerasLayer layer, String input) throws DatasetException {
    if (layer.padded()) {
      throw unknown(layer.name() + " is padded");
    }
    return "torch.max_pool2d(%s, %s, %s, [0, 0], [1, 1], False)"
        .formatted(
            input,
            Arrays.toString(layer.pair("pool_size")),
            Arrays.toString(layer.pair("strides")));
  }

  /** Padding does not count in the average. */
  private static String average(KerasLayer layer, String input) throws DatasetException {
    int[] size = layer.pair("pool_size");
    requireUnitStride(layer, layer.pair("strides"));
    int[] padding = layer.padded() ? new int[] {size[0] / 2, size[1] / 2} : new int[] {0, 0};
    return "torch.avg_pool2d(%s, %s, [1, 1], %s, False, False, None)"
        .formatted(input, Arrays.toString(size), Arrays.toString(padding));
  }

  private static void requireUnitStride(KerasLayer layer, int[] strides) throws DatasetException {
    if (strides[0] != 1 || strides[1] != 1) {
      throw unknown(
          layer.name()
              + " has strides "
              + Arrays.stream(strides)
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining("x")));
    }
  }

  private static DatasetException unknown(String problem) {
    return new DatasetException(
        "the network has a part that is not known: " + problem, "use the pinned version");
  }
}
