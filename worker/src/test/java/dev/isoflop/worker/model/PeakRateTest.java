package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PeakRateTest {
  @Test
  void isThatOfTheFastestProduct() {
    AtomicLong now = new AtomicLong();
    long[] took = {7_000_000, 2_000_000, 9_000_000, 40_000_000, 50_000_000, 20_000_000};
    AtomicLong reads = new AtomicLong();
    try (TinyModel tiny = TinyModel.standard()) {
      // Every other reading of the clock ends a product.
      double rate =
          PeakRate.measure(
              tiny.model,
              () -> {
                long read = reads.getAndIncrement();
                return read % 2 == 0 ? now.get() : now.addAndGet(took[(int) read / 2]);
              });

      // 512 in 2 ms, then 1024 in 20 ms, which is long enough to stop.
      assertThat(rate).isEqualTo(Math.max(2.0 * (1L << 27) / 2e-3, 2.0 * (1L << 30) / 20e-3));
      assertThat(reads.get()).isEqualTo(12);
    }
  }

  @Test
  void isThatOfARealDevice() {
    try (TinyModel tiny = TinyModel.standard()) {
      assertThat(PeakRate.measure(tiny.model, System::nanoTime)).isBetween(1e8, 1e16);
    }
  }
}
