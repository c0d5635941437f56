package dev.isoflop.worker.data.shard.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BracePatternTest {
  @Test
  void aRangeKeepsItsDigits() {
    assertThat(BracePattern.expand("a-{0098..0101}.tar"))
        .containsExactly("a-0098.tar", "a-0099.tar", "a-0100.tar", "a-0101.tar");
    assertThat(BracePattern.expand("{8..11}")).containsExactly("8", "9", "10", "11");
    assertThat(BracePattern.expand("{0..2}")).containsExactly("0", "1", "2");
  }

  @Test
  void severalBracesGiveEveryCombination() {
    assertThat(BracePattern.expand("{a,b}/{1..2}.tar"))
        .containsExactly("a/1.tar", "a/2.tar", "b/1.tar", "b/2.tar");
  }

  @Test
  void aNameWithoutBracesIsItself() {
    assertThat(BracePattern.expand("x.tar")).containsExactly("x.tar");
  }

  @Test
  void listsAreSplitOutsideBracesOnly() {
    assertThat(BracePattern.splitList("a.tar,{b,c}.tar,d.tar"))
        .containsExactly("a.tar", "{b,c}.tar", "d.tar");
  }

  @ParameterizedTest
  @CsvSource({
    "{5..3},it ends before it begins",
    "{0..9999999},more than 1000000 names",
    "{0..999}{0..999}{0..9},more than 1000000 names",
    "{0..9,without its '}'",
    "0..9},without its '{'",
    "{a..z},neither a range",
    "{7},neither a range",
    "{},neither a range"
  })
  void saysWhatIsWrongWithABrace(String pattern, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BracePattern.expand(pattern))
        .withMessageContaining(problem);
  }
}
