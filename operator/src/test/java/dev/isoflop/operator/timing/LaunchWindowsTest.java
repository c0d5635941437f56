package dev.isoflop.operator.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.sweep.LaunchWindow;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchWindowsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private static LaunchWindowState at(LaunchWindow window, String now) throws BadWindowException {
    return LaunchWindows.of(window, Instant.EPOCH).at(Instant.parse(now));
  }

  private static LaunchWindowState open(String until) {
    return new LaunchWindowState(true, Optional.of(Instant.parse(until)));
  }

  private static LaunchWindowState closed(String until) {
    return new LaunchWindowState(false, Optional.of(Instant.parse(until)));
  }

  @Test
  void withoutAWindowItIsAlwaysOpen() throws BadWindowException {
    assertThat(LaunchWindows.of(null, NOW).at(Instant.EPOCH)).isEqualTo(LaunchWindowState.always());
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

  /** The rules of the CRD, which an API server holds a manifest to. */
  private static boolean allowed(String cron) throws IOException {
    JsonNode field =
        new YAMLMapper()
            .readTree(
                LaunchWindow.class.getResourceAsStream(
                    "/META-INF/fabric8/scalingsweeps.isoflop.dev-v1.yml"))
            .findValue("window")
            .at("/properties/cron/x-kubernetes-validations");
    assertThat(field).hasSize(3);
    for (JsonNode rule : field) {
      Matcher matches =
          Pattern.compile("(!?)self\\.matches\\(r'(.*)'\\)").matcher(rule.path("rule").asText());
      assertThat(matches.matches()).isTrue();
      boolean found = Pattern.compile(matches.group(2)).matcher(cron).find();
      if (found != matches.group(1).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 20 * * ?",
        "0 0/5 8-17 ? * MON-FRI",
        "59 59 23 31 12 ?",
        "*/30 0,15,45 0,6,12-18/2 L * ?",
        "0 0 22-6 ? * 6#3 2026-2099",
        "0 0 20 1 1 ? 2026-9999",
        "0 /15 007 ? * *",
        "  0   0\t20 * * ?  "
      })
  void whatCanBeReadTheSchemaTakes(String cron) throws Exception {
    assertThat(LaunchWindows.of(new LaunchWindow(cron, "PT1H", "UTC"), NOW)).isNotNull();
    assertThat(allowed(cron)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 25 * * ?",
        "0 0 8,24 * * ?",
        "0 0 0/24 * * ?",
        "0 60 20 * * ?",
        "60 0 20 * * ?",
        "0 0-75 20 * * ?",
        "0 0 100 * * ?",
        "0 20 * * MON"
      })
  void whatNoClockShowsTheSchemaRefuses(String cron) throws Exception {
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow(cron, "PT1H", "UTC"), NOW))
        .isInstanceOf(BadWindowException.class);
    assertThat(allowed(cron)).isFalse();
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
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow("every night", "PT1H", "UTC"), NOW))
        .isInstanceOf(BadWindowException.class)
        .hasMessageStartingWith("spec.scheduling.window.cron: 'every night' is no")
        .hasMessageContaining("0 0 20 * * ?");
    assertThatThrownBy(
            () -> LaunchWindows.of(new LaunchWindow("0 0 20 * * ?", "PT1H", "Mars"), NOW))
        .hasMessageStartingWith("spec.scheduling.window.timeZone: 'Mars' is not a time zone");
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow("0 0 20 * * ?", "PT0S", "UTC"), NOW))
        .hasMessageStartingWith(
            "spec.scheduling.window.duration: 'PT0S' is not a positive duration");
  }

  @ParameterizedTest
  @CsvSource({"0 0 20 1 1 ? 2020", "0 0 0 30 2 ?", "'0 0 0 31 4,6 ?'", "0 0 0 29 2 ? 2027"})
  void aWindowThatNeverOpensIsRefused(String cron) {
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow(cron, "PT1H", "UTC"), NOW))
        .isInstanceOf(BadWindowException.class)
        .hasMessageStartingWith("spec.scheduling.window.cron: '" + cron + "' never opens");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 20 1 1 ? 1970-99999999",
        "0 0 20 1 1 ? 2026,2027-99999999",
        "0 0 20 1 1 ? 1970-0000099999999",
        "0 0 20 1 1 ? 2026/99999999",
        "0 0 20 1\n9 1 ? 1970-99999999"
      })
  void yearsThatWouldFillTheMemoryAreRefused(String cron) {
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow(cron, "PT1H", "UTC"), NOW))
        .isInstanceOf(BadWindowException.class)
        .hasMessageStartingWith("spec.scheduling.window.cron: '" + cron + "' has the number")
        .hasMessageEndingWith("write days, months, and years up to 9999, or no year");
  }

  @Test
  void aWindowThatIsOpenForTheLastTimeIsTaken() throws BadWindowException {
    LaunchWindow last = new LaunchWindow("0 0 11 30 11 ? 2026", "PT2H", "UTC");
    assertThat(LaunchWindows.of(last, NOW).at(NOW)).isEqualTo(open("2026-11-30T13:00:00Z"));
  }

  @Test
  void aMisspelledZoneAndACrontabAreToldWhatIsMeant() {
    assertThatThrownBy(
            () -> LaunchWindows.of(new LaunchWindow("0 0 20 * * ?", "PT1H", "Europe/Londn"), NOW))
        .hasMessage(
            "spec.scheduling.window.timeZone: 'Europe/Londn' is not a time zone; did you mean"
                + " Europe/London?");
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow("0 20 * * *", "PT1H", "UTC"), NOW))
        .hasMessageContaining("write '0 0 20 * * ?' (second minute hour");
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 x * * ?",
    "every night at eight",
    "0 0 20 * * * * * *",
    "* * * * *",
    "0 99 20 * * ?",
    "0 0 20 ? JANUARY ?"
  })
  void noProgramsWordsReachTheUser(String cron) {
    assertThatThrownBy(() -> LaunchWindows.of(new LaunchWindow(cron, "PT1H", "UTC"), NOW))
        .isInstanceOf(BadWindowException.class)
        .hasMessageNotContainingAny("Exception", "java.");
  }

  /** Clocks in Cairo go from 2026-04-24 00:00 to 01:00; at 22:00 UTC of the day before. */
  @Test
  void anOpeningThatIsSkippedComesWhenTheGapIsOver() throws BadWindowException {
    LaunchWindow days = new LaunchWindow("0 0 0 * * ?", "PT24H", "Africa/Cairo");
    assertThat(at(days, "2026-04-23T23:00:00Z").open()).isTrue();
    assertThat(at(days, "2026-04-24T12:00:00Z").open()).isTrue();

    LaunchWindow nights = new LaunchWindow("0 30 2 * * ?", "PT3H", "Europe/Berlin");
    assertThat(at(nights, "2026-03-28T12:00:00Z")).isEqualTo(closed("2026-03-29T01:00:00Z"));
    assertThat(at(nights, "2026-03-29T01:00:00Z")).isEqualTo(open("2026-03-29T04:00:00Z"));
    assertThat(at(nights, "2026-03-29T04:00:00Z")).isEqualTo(closed("2026-03-30T00:30:00Z"));
  }

  /** Clocks in Berlin go from 2026-10-25 03:00 back to 02:00; at 01:00 UTC. */
  @Test
  void anOpeningThatComesTwiceCountsOnceUnlessItIsHourly() throws BadWindowException {
    LaunchWindow nightly = new LaunchWindow("0 30 2 * * ?", "PT20M", "Europe/Berlin");
    assertThat(at(nightly, "2026-10-25T00:00:00Z")).isEqualTo(closed("2026-10-25T00:30:00Z"));
    assertThat(at(nightly, "2026-10-25T00:30:00Z")).isEqualTo(open("2026-10-25T00:50:00Z"));
    assertThat(at(nightly, "2026-10-25T00:50:00Z")).isEqualTo(closed("2026-10-26T01:30:00Z"));
    assertThat(at(nightly, "2026-10-25T01:35:00Z")).isEqualTo(closed("2026-10-26T01:30:00Z"));

    LaunchWindow hourly = new LaunchWindow("0 30 * * * ?", "PT20M", "Europe/Berlin");
    assertThat(at(hourly, "2026-10-25T00:50:00Z")).isEqualTo(closed("2026-10-25T01:30:00Z"));
    assertThat(at(hourly, "2026-10-25T01:35:00Z")).isEqualTo(open("2026-10-25T01:50:00Z"));
    assertThat(at(hourly, "2026-10-25T01:55:00Z")).isEqualTo(closed("2026-10-25T02:30:00Z"));
  }

  /** A window that opens each hour for an hour is never shut, whatever clocks do. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia"
  })
  void anHourlyWindowOfAnHourIsAlwaysOpen(String zone) throws BadWindowException {
    LaunchWindows hourly =
        LaunchWindows.of(new LaunchWindow("0 0/30 * * * ?", "PT1H", zone), Instant.EPOCH);
    ZoneRules rules = ZoneId.of(zone).getRules();
    Instant set = Instant.parse("2011-06-01T00:00:00Z");
    for (int times = 0; times < 3; times++) {
      set = rules.nextTransition(set).getInstant();
      for (int minutes = -150; minutes <= 150; minutes += 20) {
        Instant moment = set.plus(Duration.ofMinutes(minutes));
        assertThat(hourly.at(moment).open()).as("%s", moment).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 20 * * 1-5 | 0 30 20 ? * MON-FRI",
        "0 20 * * 0,6 | 0 0 20 ? * SUN,SAT",
        "0 20 * * 7 | 0 0 20 ? * SUN",
        "*/30 1-5 1,15 6 * | 0 */30 1-5 1,15 6 ?",
        "0 20 * * mon | 0 0 20 ? * mon",
        "0 20 13 * 5 | ",
        "61 20 * * * | ",
      })
  void aCrontabIsWrittenInQuartzForm(String crontab, @Nullable String quartz) {
    assertThat(Crontab.inQuartz(List.of(crontab.split(" ", -1))))
        .isEqualTo(Optional.ofNullable(quartz));
  }
}
