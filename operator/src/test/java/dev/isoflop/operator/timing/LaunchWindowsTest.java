package dev.isoflop.operator.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.LaunchWindow;
import dev.isoflop.operator.sweep.LaunchWindowState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchWindowsTest {
  private static LaunchWindowState at(LaunchWindow window, String now) throws BadWindowException {
    return LaunchWindows.of(window).at(Instant.parse(now));
  }

  private static LaunchWindowState open(String until) {
    return new LaunchWindowState(true, Optional.of(Instant.parse(until)));
  }

  private static LaunchWindowState closed(String until) {
    return new LaunchWindowState(false, Optional.of(Instant.parse(until)));
  }

  @Test
  void withoutAWindowItIsAlwaysOpen() throws BadWindowException {
    assertThat(LaunchWindows.of(null).at(Instant.EPOCH)).isEqualTo(LaunchWindowState.always());
  }

  @Test
  void itIsOpenFromTheOpeningUntilTheDurationIsOver() throws BadWindowException {
    LaunchWindow nights = new LaunchWindow("0 0 20 * * ?", "PT10H", "UTC");
    assertThat(at(nights, "2026-03-01T19:59:59Z")).isEqualTo(closed("2026-03-01T20:00:00Z"));
    assertThat(at(nights, "2026-03-01T20:00:00Z")).isEqualTo(open("2026-03-02T06:00:00Z"));
    assertThat(at(nights, "2026-03-02T05:59:59Z")).isEqualTo(open("2026-03-02T06:00:00Z"));
    assertThat(at(nights, "2026-03-02T06:00:00Z")).isEqualTo(closed("2026-03-02T20:00:00Z"));
  }

  @Test
  void openingsAreInTheWindowsOwnTimeZoneAlsoWhereTheClockIsSet() throws BadWindowException {
    LaunchWindow nights = new LaunchWindow("0 0 20 * * ?", "PT2H", "Europe/Berlin");
    assertThat(at(nights, "2026-03-28T18:00:00Z")).isEqualTo(closed("2026-03-28T19:00:00Z"));
    assertThat(at(nights, "2026-03-29T17:00:00Z")).isEqualTo(closed("2026-03-29T18:00:00Z"));
  }

  @Test
  void windowsThatOverlapAreOne() throws BadWindowException {
    LaunchWindow days = new LaunchWindow("0 0 8,12,16 * * ?", "PT5H", "UTC");
    assertThat(at(days, "2026-03-01T09:00:00Z")).isEqualTo(open("2026-03-01T21:00:00Z"));
  }

  @Test
  void aWindowThatNeverOpensAgainHasNoNextChange() throws BadWindowException {
    LaunchWindow past = new LaunchWindow("0 0 20 1 1 ? 2020", "PT2H", "UTC");
    assertThat(at(past, "2026-03-01T00:00:00Z"))
        .isEqualTo(new LaunchWindowState(false, Optional.empty()));
  }

  @Test
  void whatCannotBeReadIsNamedWithTheWayOut() {
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow("every night", "PT1H", "UTC")))
        .isInstanceOf(BadWindowException.class)
        .hasMessageStartingWith("spec.scheduling.window.cron: 'every night' is no")
        .hasMessageContaining("0 0 20 * * ?");
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow("0 0 20 * * ?", "PT1H", "Mars")))
        .hasMessageStartingWith("spec.scheduling.window.timeZone: 'Mars' is no time zone");
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow("0 0 20 * * ?", "PT0S", "UTC")))
        .hasMessageStartingWith("spec.scheduling.window.duration: 'PT0S' is no positive duration");
  }
}
