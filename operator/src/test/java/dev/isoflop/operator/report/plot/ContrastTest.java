package dev.isoflop.operator.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What WCAG 2.2 asks of the colours of drawings: 4.5 to 1 for text, 3 to 1 for marks. */
class ContrastTest {

  @ParameterizedTest
  @CsvSource({
    "#000000,#ffffff,21",
    "#ffffff,#000000,21",
    "#777777,#ffffff,4.48",
    "#0a5fa8,#0a5fa8,1"
  })
  void isTheRatioOfWcag(String one, String other, double ratio) {
    assertThat(Contrast.ratio(one, other))
        .isEqualTo(ratio, org.assertj.core.api.Assertions.within(0.01));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 12, 64})
  void everyMarkStandsOutFromThePage(int budgets) {
    List<Ink> marks =
        Palette.all(budgets).stream()
            .filter(ink -> !ink.equals(Ink.PAPER) && !ink.equals(Ink.GRID))
            .toList();

    assertThat(marks).hasSizeGreaterThan(8 + budgets);
    assertThat(marks).allSatisfy(ink -> stands(ink, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 12, 64})
  void everyInkOfLettersCanBeRead(int budgets) {
    List<Ink> letters =
        IntStream.range(0, budgets).mapToObj(i -> Palette.ordered(i, budgets).letters()).toList();

    assertThat(letters).hasSize(budgets).allSatisfy(ink -> stands(ink, 4.5));
    assertThat(Palette.all(budgets)).containsAll(letters);
    assertThat(List.of(Ink.TEXT, Ink.MUTED)).allSatisfy(ink -> stands(ink, 4.5));
  }

  private static void stands(Ink ink, double least) {
    assertThat(Wcag.ratio(ink.light(), "#ffffff"))
        .as("%s on white", ink)
        .isGreaterThanOrEqualTo(least);
    assertThat(Wcag.ratio(ink.dark(), "#15181c"))
        .as("%s on dark", ink)
        .isGreaterThanOrEqualTo(least);
  }
}
