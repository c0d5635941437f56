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
 * The in-context transformer written a second time, in plain NDArray arithmetic and from the
 * definitions: softmax, normalisation and GELU spelled out, positions computed in Java. The oracle
 * of the TorchScript one; for tests only.
 */
final class ImperativeInContext {
  private final NDManager manager;
  private final TransformerShape shape;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  /** Takes parameters in the order of the flat tensor. */
  ImperativeInContext(
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
    long batch = noisy.getShape().get(0);
    NDArray image = linear(noisy, "image");
    NDArray caption = linear(text, "text");
    NDArray clock = linear(clock(time), "time.in");
    clock = linear(clock.mul(sigmoid(clock)), "time.out").reshape(batch, 1, shape.width());
    NDArray placed = NDArrays.concat(new NDList(image, caption), 1).add(positions());
    NDArray x = NDArrays.concat(new NDList(placed, clock), 1);
    for (int i = 0; i < shape.layers(); i++) {
      String block = "blocks." + i + ".";
      x = x.add(attention(norm(x, block + "norm1"), block));
      NDArray hidden = linear(norm(x, block + "norm2"), block + "up");
      x = x.add(linear(gelu(hidden), block + "down"));
    }
    NDArray tokens = x.get(new NDIndex(":, :" + shape.imageTokens()));
    return linear(norm(tokens, "norm"), "head");
  }

  private NDArray attention(NDArray x, String block) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    int heads = shape.heads();
    int width = shape.width();
    NDArray qkv = linear(x, block + "qkv"); // [B, L, 3W]: q of all heads, then k, then v
    NDArray[] parts = new NDArray[3];
    for (int i = 0; i < 3; i++) {
      parts[i] =
          qkv.get(new NDIndex(":, :, " + i * width + ":" + (i + 1) * width))
              .reshape(batch, length, heads, shape.headDimension())
              .transpose(0, 2, 1, 3);
    }
    NDArray scores =
        parts[0].matMul(parts[1].transpose(0, 1, 3, 2)).div(Math.sqrt(shape.headDimension()));
    NDArray exponentials = scores.exp();
    NDArray weights = exponentials.div(exponentials.sum(new int[] {-1}, true));
    NDArray mixed = weights.matMul(parts[2]).transpose(0, 2, 1, 3).reshape(batch, length, width);
    return linear(mixed, block + "out");
  }

  private NDArray linear(NDArray x, String name) {
    return x.matMul(parameter(name + ".weight").transpose()).add(parameter(name + ".bias"));
  }

  private NDArray norm(NDArray x, String name) {
    NDArray centred = x.sub(x.mean(new int[] {-1}, true));
    NDArray variance = centred.square().mean(new int[] {-1}, true);
    NDArray normal = centred.div(variance.add(1e-6).sqrt());
    return normal.mul(parameter(name + ".gain")).add(parameter(name + ".bias"));
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
