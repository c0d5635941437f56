package dev.isoflop.worker.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.isoflop.model.TransformerShape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The transformers written a second time, in plain NDArray arithmetic and from the definitions:
 * softmax, normalisation and GELU spelled out, positions computed in Java. The oracle of the
 * TorchScript ones; for tests only.
 */
final class ImperativeTransformer {
  private final NDManager manager;
  private final TransformerShape shape;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  /** Takes parameters in the order of the flat tensor. */
  ImperativeTransformer(
      NDManager manager, TransformerShape shape, ParameterInventory inventory, float[] flat) {
    this.manager = manager;
    this.shape = shape;
    int offset = 0;
    for (Parameter parameter : inventory.all()) {
      int size = Math.toIntExact(parameter.size());
      float[] values = java.util.Arrays.copyOfRange(flat, offset, offset + size);
      long[] dimensions = parameter.shape().stream().mapToLong(Long::longValue).toArray();
      NDArray array = manager.create(values, new Shape(dimensions));
      array.setRequiresGradient(true);
      parameters.put(parameter.name(), array);
      offset += size;
    }
  }

  /** The gradients after a backward pass, in the order of the flat tensor. */
  NDList gradients() {
    NDList gradients = new NDList();
    parameters.values().forEach(p -> gradients.add(p.getGradient().flatten()));
    return gradients;
  }

  /** The predicted velocity [B, S, P] of noisy patches [B, S, P]. */
  NDArray velocity(NDArray noisy, NDArray text, NDArray time) {
    return switch (shape.architecture()) {
      case InContext -> inContext(noisy, text, time);
      case CrossAttention -> crossAttention(noisy, text, time);
      case AdaLNZero -> adaLnZero(noisy, text, time);
    };
  }

  private NDArray inContext(NDArray noisy, NDArray text, NDArray time) {
    NDArray placed =
        NDArrays.concat(new NDList(linear(noisy, "image"), linear(text, "text")), 1)
            .add(positions());
    NDArray x = NDArrays.concat(new NDList(placed, clock(time).expandDims(1)), 1);
    for (int i = 0; i < shape.layers(); i++) {
      String block = "blocks." + i + ".";
      x = x.add(selfAttention(norm(x, block + "norm1"), block));
      x = x.add(feedForward(norm(x, block + "norm2"), block));
    }
    return linear(norm(imageTokens(x), "norm"), "head");
  }

  private NDArray crossAttention(NDArray noisy, NDArray text, NDArray time) {
    NDArray caption = linear(text, "text").add(textPositions());
    NDArray x = NDArrays.concat(new NDList(placed(noisy), clock(time).expandDims(1)), 1);
    for (int i = 0; i < shape.layers(); i++) {
      String block = "blocks." + i + ".";
      x = x.add(selfAttention(norm(x, block + "norm1"), block));
      NDArray query = heads(linear(norm(x, block + "norm2"), block + "cross.query"), 0);
      NDArray keysAndValues = linear(caption, block + "cross.kv"); // all keys, then all values
      NDArray mixed = attention(query, heads(keysAndValues, 0), heads(keysAndValues, 1));
      x = x.add(linear(mixed, block + "cross.out"));
      x = x.add(feedForward(norm(x, block + "norm3"), block));
    }
    return linear(norm(imageTokens(x), "norm"), "head");
  }

  private NDArray adaLnZero(NDArray noisy, NDArray text, NDArray time) {
    NDArray condition = clock(time).add(linear(text.mean(new int[] {1}), "text"));
    condition = condition.mul(sigmoid(condition));
    NDArray x = placed(noisy);
    for (int i = 0; i < shape.layers(); i++) {
      String block = "blocks." + i + ".";
      NDArray modulation = linear(condition, block + "modulation");
      NDArray attended = selfAttention(modulated(x, modulation, 0), block);
      x = x.add(attended.mul(part(modulation, 2)));
      NDArray fed = feedForward(modulated(x, modulation, 3), block);
      x = x.add(fed.mul(part(modulation, 5)));
    }
    return linear(modulated(x, linear(condition, "norm"), 0), "head");
  }

  private NDArray placed(NDArray noisy) {
    return linear(noisy, "image").add(positions().get(new NDIndex(":" + shape.imageTokens())));
  }

  private NDArray textPositions() {
    long first = shape.imageTokens();
    return positions().get(new NDIndex().addSliceDim(first, first + shape.textTokens()));
  }

  private NDArray imageTokens(NDArray x) {
    return x.get(new NDIndex(":, :" + shape.imageTokens()));
  }

  /** Shifts by part {@code first} of the modulation and scales by the next. */
  private NDArray modulated(NDArray x, NDArray modulation, int first) {
    return standardised(x).mul(part(modulation, first + 1).add(1)).add(part(modulation, first));
  }

  /** The i-th W features of [B, k W], for all tokens alike [B, 1, W]. */
  private NDArray part(NDArray modulation, int i) {
    int width = shape.width();
    return modulation.get(new NDIndex(":, " + i * width + ":" + (i + 1) * width)).expandDims(1);
  }

  private NDArray selfAttention(NDArray x, String block) {
    NDArray qkv = linear(x, block + "qkv"); // [B, L, 3W]: q of all heads, then k, then v
    return linear(attention(heads(qkv, 0), heads(qkv, 1), heads(qkv, 2)), block + "out");
  }

  /** The i-th W features of [B, L, k W] by heads [B, H, L, K]. */
  private NDArray heads(NDArray x, int i) {
    int width = shape.width();
    return x.get(new NDIndex(":, :, " + i * width + ":" + (i + 1) * width))
        .reshape(x.getShape().get(0), x.getShape().get(1), shape.heads(), shape.headDimension())
        .transpose(0, 2, 1, 3);
  }

  private NDArray attention(NDArray q, NDArray k, NDArray v) {
    NDArray scores = q.matMul(k.transpose(0, 1, 3, 2)).div(Math.sqrt(shape.headDimension()));
    NDArray exponentials = scores.exp();
    NDArray weights = exponentials.div(exponentials.sum(new int[] {-1}, true));
    NDArray mixed = weights.matMul(v).transpose(0, 2, 1, 3); // [B, L, H, K]
    return mixed.reshape(mixed.getShape().get(0), mixed.getShape().get(1), shape.width());
  }

  private NDArray feedForward(NDArray x, String block) {
    return linear(gelu(linear(x, block + "up")), block + "down");
  }

  private NDArray linear(NDArray x, String name) {
    return x.matMul(parameter(name + ".weight").transpose()).add(parameter(name + ".bias"));
  }

  private NDArray norm(NDArray x, String name) {
    return standardised(x).mul(parameter(name + ".gain")).add(parameter(name + ".bias"));
  }

  private static NDArray standardised(NDArray x) {
    NDArray centred = x.sub(x.mean(new int[] {-1}, true));
    NDArray variance = centred.square().mean(new int[] {-1}, true);
    return centred.div(variance.add(1e-6).sqrt());
  }

  private static NDArray gelu(NDArray x) {
    return x.mul(x.div(Math.sqrt(2)).erf().add(1)).mul(0.5);
  }

  private static NDArray sigmoid(NDArray x) {
    return x.neg().exp().add(1).pow(-1);
  }

  private NDArray parameter(String name) {
    NDArray parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(name);
    }
    return parameter;
  }

  private NDArray clock(NDArray time) {
    NDArray hidden = linear(timeWaves(time), "time.in");
    return linear(hidden.mul(sigmoid(hidden)), "time.out");
  }

  private NDArray timeWaves(NDArray time) {
    float[] times = time.toFloatArray();
    NDArray rows = manager.create(new Shape(times.length, TransformerShape.TIME_FREQUENCIES));
    for (int i = 0; i < times.length; i++) {
      rows.set(
          new NDIndex(i),
          manager.create(waves(times[i] * 1000.0, TransformerShape.TIME_FREQUENCIES)));
    }
    return rows;
  }

  private NDArray positions() {
    int edge = shape.imageSize() / shape.patchSize();
    int width = shape.width();
    NDArray rows =
        manager.create(
            new Shape(shape.imageTokens() + shape.textTokens(), width), DataType.FLOAT32);
    for (int i = 0; i < shape.imageTokens(); i++) {
      float[] both = new float[width];
      int row = i / edge;
      System.arraycopy(waves(row, width / 2), 0, both, 0, width / 2);
      System.arraycopy(waves(i % edge, width / 2), 0, both, width / 2, width / 2);
      rows.set(new NDIndex(i), manager.create(both));
    }
    for (int i = 0; i < shape.textTokens(); i++) {
      rows.set(new NDIndex(shape.imageTokens() + i), manager.create(waves(i, width)));
    }
    return rows;
  }

  private static float[] waves(double position, int features) {
    int half = features / 2;
    float[] waves = new float[features];
    for (int i = 0; i < half; i++) {
      double angle = position * Math.pow(10000, -(double) i / half);
      waves[i] = (float) Math.cos(angle);
      waves[half + i] = (float) Math.sin(angle);
    }
    return waves;
  }

  /** Patches [B, S, P] of pictures [B, C, H, W], element by element. */
  static NDArray patches(NDManager manager, TransformerShape shape, NDArray pictures) {
    int edge = shape.imageSize();
    int p = shape.patchSize();
    int channels = shape.channels();
    int batch = Math.toIntExact(pictures.getShape().get(0));
    float[] in = pictures.toFloatArray();
    float[] out = new float[in.length];
    int at = 0;
    for (int b = 0; b < batch; b++) {
      for (int row = 0; row < edge / p; row++) {
        for (int column = 0; column < edge / p; column++) {
          for (int c = 0; c < channels; c++) {
            for (int y = 0; y < p; y++) {
              for (int x = 0; x < p; x++) {
                out[at++] = in[((b * channels + c) * edge + row * p + y) * edge + column * p + x];
              }
            }
          }
        }
      }
    }
    return manager.create(out, new Shape(batch, shape.imageTokens(), shape.patchValues()));
  }
}
