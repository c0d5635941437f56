package dev.isoflop.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdentityTest {
  private final ProcessHandle here = ProcessHandle.current();
  private final ProcessIdentity known = ProcessIdentity.of(here, Instant.EPOCH);

  @Test
  void aProcessIsKnownAgainByAllThatWasRecordedOfIt() {
    assertThat(known.program()).isNotNull();
    assertThat(known.isOf(here)).isTrue();
    assertThat(known(known.pid(), known.start().plusSeconds(1), "", "").isOf(here)).isTrue();
  }

  @Test
  void anotherIdStartProgramOrUserIsAnotherProcess() {
    assertThat(known(known.pid() + 1, known.start(), "", "").isOf(here)).isFalse();
    assertThat(known(known.pid(), known.start().plusSeconds(9), "", "").isOf(here)).isFalse();
    assertThat(known(known.pid(), known.start(), "x", "").isOf(here)).isFalse();
    assertThat(known(known.pid(), known.start(), "", "x").isOf(here)).isFalse();
  }

  private ProcessIdentity known(long pid, Instant start, String program, String user) {
    return new ProcessIdentity(
        pid, start.toString(), known.program() + program, known.user() + user);
  }

  @Test
  void whatTheSystemDidNotTellIsNotCompared() {
    ProcessIdentity bare = new ProcessIdentity(known.pid(), known.startedAt(), null, null);
    assertThat(bare.isOf(here)).isTrue();
    assertThat(ProcessIdentity.parse(bare.text())).contains(bare);
  }

  @Test
  void itsTextIsReadBack() {
    assertThat(ProcessIdentity.parse(known.text())).contains(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "12\n", "12\nnow\njava\nme\n", "x\n2026-01-01T00:00:00Z\njava\nme\n"})
  void otherTextsAreNone(String text) {
    assertThat(ProcessIdentity.parse(text)).isEmpty();
  }
}
