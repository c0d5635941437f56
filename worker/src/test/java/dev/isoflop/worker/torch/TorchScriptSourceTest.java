package dev.isoflop.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TorchScriptSourceTest {
  private static String archived(String text) {
    return new TorchScriptSource("here", text).archived();
  }

  @Test
  void keepsEveryLineInItsPlace() {
    String python =
        """
        # A comment.
        from typing import List

        import torch
        import layers


        def twice(x: Tensor) -> Tensor:
            return x + x
        """;

    assertThat(archived(python).lines()).hasSameSizeAs(python.lines().toList());
    assertThat(archived(python).lines().toList().get(7))
        .isEqualTo("def twice(x: Tensor) -> Tensor:");
  }

  @Test
  void dropsImportsAndQualifiesWhatTheyNamed() {
    assertThat(
            archived("import layers\ny = layers.linear(x) + my_layers.linear(x) + a.layers.b(x)"))
        .isEqualTo("\ny = __torch__.layers.linear(x) + my_layers.linear(x) + a.layers.b(x)\n");
  }

  @Test
  void leavesTorchItselfUnqualified() {
    assertThat(archived("import torch\ny = torch.exp(x)")).isEqualTo("\ny = torch.exp(x)\n");
  }

  @Test
  void qualifiesCallsOfTheFilesOwnFunctions() {
    String python =
        """
        def f(x):
            return x
        def g(x):
            return f(x) + x.f(x) + wolf(x)
        """;

    assertThat(archived(python).lines())
        .startsWith("def f(x):", "    return x", "def g(x):")
        .endsWith("    return __torch__.here.f(x) + x.f(x) + wolf(x)");
  }

  @Test
  void findsFunctionalOperatorsUnderTorch() {
    assertThat(archived("import torch.nn.functional as F\ny = F.gelu(x)"))
        .isEqualTo("\ny = torch.gelu(x)\n");
  }

  @Test
  void writesDtypesAsNumbers() {
    assertThat(archived("y = x.to(torch.bfloat16)")).isEqualTo("y = x.to(15)\n");
  }

  @Test
  void givesSelfItsType() {
    String python =
        """
        class Trial(torch.nn.Module):
            def loss(self, x: Tensor) -> Tensor:
        """;

    assertThat(archived(python).lines())
        .containsExactly(
            "class Trial(Module):",
            "    def loss(self: __torch__.here.Trial, x: Tensor) -> Tensor:");
  }
}
