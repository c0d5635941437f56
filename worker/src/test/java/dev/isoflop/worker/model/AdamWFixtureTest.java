package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.isoflop.worker.torch.TorchModule;
import dev.isoflop.worker.torch.TorchRuntime;
import dev.isoflop.worker.torch.TorchScriptArchive;
import dev.isoflop.worker.torch.TorchScriptSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code optimizer.py} beside {@code torch.optim.AdamW}, {@code clip_grad_norm_} and {@code lerp_},
 * whose values over ten steps {@code src/test/python/adamw_fixture.py} recorded.
 */
class AdamWFixtureTest {
  private static final int STEPS = 10;

  /**
   * In units of the last place, over all values and steps; 3 were measured. The fused update orders
   * a few products differently from PyTorch's plain one.
   */
  private static final int LARGEST_DISTANCE = 4;

  private static final String STEP =
      """
      from typing import List

      import torch
      from torch import Tensor

      import optimizer


      class Step(torch.nn.Module):
          def step(self, parameters: List[Tensor], gradient: Tensor, first: List[Tensor],
                   second: List[Tensor], average: List[Tensor], step: int, rate: float,
                   average_decay: float) -> Tensor:
              norm = optimizer.clip(gradient, 1.0)
              optimizer.adamw(parameters, gradient, first, second, 12, step, rate, 0.9, 0.95, 1e-8, 0.1)
              optimizer.average(average[0], parameters[0], average_decay)
              return norm.reshape([1])
      """;

  private final Map<String, float[]> recorded = recorded();

  @Test
  void stepsAsPyTorchDoes() {
    TorchRuntime torch = TorchRuntime.start(1);
    float[] start = at("parameters", 0);
    try (PtNDManager manager = torch.newManager();
        TorchModule module = TorchModule.load(manager, archive());
        PtNDArray parameters = (PtNDArray) manager.create(start);
        PtNDArray first = (PtNDArray) manager.zeros(new Shape(start.length));
        PtNDArray second = (PtNDArray) manager.zeros(new Shape(start.length));
        PtNDArray average = (PtNDArray) manager.create(start)) {
      int farthest = 0;
      for (int step = 1; step <= STEPS; step++) {
        float norm = step(module, manager, List.of(parameters, first, second, average), step);
        farthest = Math.max(farthest, distance("norm", step, new float[] {norm}));
        farthest = Math.max(farthest, distance("parameters", step, parameters.toFloatArray()));
        farthest = Math.max(farthest, distance("first_moment", step, first.toFloatArray()));
        farthest = Math.max(farthest, distance("second_moment", step, second.toFloatArray()));
        farthest = Math.max(farthest, distance("average", step, average.toFloatArray()));
      }
      assertThat(farthest).isLessThanOrEqualTo(LARGEST_DISTANCE);
    }
  }

  private float step(TorchModule module, PtNDManager manager, List<PtNDArray> state, int step) {
    double keep = (1.0 + step) / (10.0 + step);
    try (PtNDArray gradient = (PtNDArray) manager.create(at("gradient", step));
        IValue parameters = IValue.listFrom(state.get(0));
        IValue gradientValue = IValue.from(gradient);
        IValue first = IValue.listFrom(state.get(1));
        IValue second = IValue.listFrom(state.get(2));
        IValue average = IValue.listFrom(state.get(3));
        IValue number = IValue.from((long) step);
        IValue rate = IValue.from(0.01 / step);
        IValue decay = IValue.from(keep);
        IValue result =
            module.call(
                "step", parameters, gradientValue, first, second, average, number, rate, decay);
        PtNDArray norm = result.toTensor(manager)) {
      return norm.toFloatArray()[0];
    }
  }

  private static TorchScriptArchive archive() {
    return new TorchScriptArchive(
        "step",
        "Step",
        new TreeMap<>(),
        List.of(
            new TorchScriptSource("step", STEP),
            new TorchScriptSource(
                "optimizer", read("/dev/isoflop/worker/torchscript/optimizer.py"))));
  }

  private float[] at(String name, int step) {
    float[] values = recorded.get(name + " " + step);
    if (values == null) {
      throw new IllegalStateException("the fixture lacks " + name + " of step " + step);
    }
    return values;
  }

  /** Largest distance in units in the last place of the recorded value; 0 is equal bits. */
  private int distance(String name, int step, float[] actual) {
    float[] expected = at(name, step);
    assertThat(actual).hasSameSizeAs(expected);
    int largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double units = Math.abs((double) actual[i] - expected[i]) / Math.ulp(expected[i]);
      largest = Math.max(largest, (int) Math.ceil(units));
    }
    return largest;
  }

  private static Map<String, float[]> recorded() {
    Map<String, float[]> rows = new HashMap<>();
    read("/dev/isoflop/worker/model/adamw.csv")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(",", -1))
        .forEach(cells -> rows.put(cells[0] + " " + cells[1], floats(cells)));
    return rows;
  }

  private static float[] floats(String[] cells) {
    float[] values = new float[cells.length - 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(cells[i + 2], 16));
    }
    return values;
  }

  private static String read(String resource) {
    try (InputStream stream = AdamWFixtureTest.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(resource, e);
    }
  }
}
