package dev.isoflop.operator.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatexTest {
  @Test
  void nothingOfANameIsACommandOrSteers() {
    assertThat(Latex.escape("\\input{x}$a_1^2$\u001b[2J\u0007\u202eb\u2066\u2028"))
        .isEqualTo("\\textbackslash{}input\\{x\\}\\$a\\_1\\textasciicircum{}2\\$[2Jb");
  }
}
