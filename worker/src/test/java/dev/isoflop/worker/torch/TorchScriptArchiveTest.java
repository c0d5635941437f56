package dev.isoflop.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TorchScriptArchiveTest {
  private static final String SOURCE =
      """
      import torch
      import other


      class Settings(torch.nn.Module):
          flag: bool
          count: int
          factor: float

          def read(self, x: float) -> float:
              y = x * self.factor + float(self.count)
              if self.flag:
                  y = other.negative(y)
              return y
      """;

  private static final String OTHER =
      """
      def negative(x: float) -> float:
          return -x
      """;

  private static TorchScriptArchive archive(Map<String, Object> attributes) {
    return new TorchScriptArchive(
        "settings",
        "Settings",
        new TreeMap<>(attributes),
        List.of(new TorchScriptSource("settings", SOURCE), new TorchScriptSource("other", OTHER)));
  }

  @Test
  void libtorchReadsItsClassFunctionsAndAttributes() {
    TorchRuntime torch = TorchRuntime.start(1);
    try (PtNDManager manager = torch.newManager();
        TorchModule module =
            TorchModule.load(
                manager, archive(Map.of("flag", true, "count", -(1L << 40), "factor", 0.1)));
        IValue three = IValue.from(3.0);
        IValue result = module.call("read", three)) {
      assertThat(result.toDouble()).isEqualTo(-(3.0 * 0.1 - (double) (1L << 40)));
    }
  }

  @Test
  void sameContentGivesTheSameBytes() {
    Map<String, Object> attributes = Map.of("flag", false, "count", 1L, "factor", 2.0);

    assertThat(archive(attributes).toBytes()).isEqualTo(archive(attributes).toBytes());
  }

  @Test
  void refusesAttributesThatItCannotWrite() {
    assertThatThrownBy(() -> archive(Map.of("count", "one")).toBytes())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count")
        .hasMessageContaining("one");
  }

  @Test
  void anErrorInTheSourceNamesFileAndLine() {
    TorchScriptArchive broken =
        new TorchScriptArchive(
            "settings",
            "Settings",
            new TreeMap<>(),
            List.of(
                new TorchScriptSource(
                    "settings",
                    """
                    class Settings(torch.nn.Module):
                        def read(self, x: float) -> float:
                            return nowhere(x)
                    """)));
    TorchRuntime torch = TorchRuntime.start(1);
    try (PtNDManager manager = torch.newManager()) {
      assertThatThrownBy(() -> TorchModule.load(manager, broken))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("nowhere")
          .hasMessageContaining("settings.py\", line 3");
    }
  }
}
