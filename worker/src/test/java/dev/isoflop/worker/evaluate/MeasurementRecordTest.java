package dev.isoflop.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeasurementRecordTest {
  private static final MeasurementRecord RECORD =
      MeasurementRecord.of("validation loss", 2).with("data", "sha256:1").with("examples", 64);

  @Test
  void tellsEverythingInOrderOneLineEach() {
    assertThat(RECORD.canonicalText())
        .isEqualTo("method=validation loss 2\ndata=sha256:1\nexamples=64\n");
  }

  @Test
  void equalRecordsHaveEqualDigestsAndOthersNot() {
    MeasurementRecord start = MeasurementRecord.of("validation loss", 2).with("data", "sha256:1");
    assertThat(start.with("examples", 64).digest()).isEqualTo(RECORD.digest());
    assertThat(start.with("examples", 65).digest()).isNotEqualTo(RECORD.digest());
    assertThat(RECORD.digest()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void refusesWhatCouldBeReadInTwoWays() {
    assertThatThrownBy(() -> RECORD.with("a=b", "c")).hasMessageContaining("'a=b' 'c'");
    assertThatThrownBy(() -> RECORD.with("a", "b\nexamples=3")).hasMessageContaining("one line");
    assertThatThrownBy(() -> RECORD.with("data", "sha256:2"))
        .hasMessage("data is in the record already");
  }
}
