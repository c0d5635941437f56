package dev.isoflop.operator.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.text.TextTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void paragraphsBreakAtSpacesAndIndentUnderTheirMark() {
    List<String> lines =
        Paragraph.lines("note: ", Style.WARNING, Ink.PLAIN, "one two  three\nfour", 14);

    assertThat(lines).containsExactly("note: one two", "      three", "      four");
  }

  @Test
  void onlyTheMarkIsPaintedAndNoWidthIsLostToIt() {
    List<String> lines = Paragraph.lines("note: ", Style.WARNING, Ink.COLOUR, "one two three", 14);

    assertThat(lines).containsExactly("\u001b[33mnote:\u001b[0m one two", "      three");
  }

  @Test
  void aWordThatIsTooLongStandsAlone() {
    assertThat(Paragraph.lines("", "a " + "b".repeat(90) + " c"))
        .containsExactly("a", "b".repeat(90), "c");
  }

  @Test
  void tablesAlignTheirColumnsAndEndNoLineInASpace() {
    TextTable table =
        new TextTable(Column.left("NAME"), Column.right("N"), Column.left("NOTE"))
            .row("a", "10", "")
            .row("longer", "9", "x");

    assertThat(table.lines(Ink.PLAIN))
        .containsExactly("NAME     N  NOTE", "a       10", "longer   9  x");
  }
}
