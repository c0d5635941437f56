package dev.isoflop.operator.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalSizeTest {
  private static final int OWN = new TerminalSize(Clock.systemUTC(), Map.of()).get().columns();

  @ParameterizedTest
  @CsvSource({"60, 60", "1234, 1234", "0, -1", "wide, -1", "'', -1"})
  void columnsOfTheEnvironmentWin(String asked, int columns) {
    assertThat(new TerminalSize(Clock.systemUTC(), Map.of("COLUMNS", asked)).get().columns())
        .isEqualTo(columns < 0 ? OWN : columns);
  }
}
