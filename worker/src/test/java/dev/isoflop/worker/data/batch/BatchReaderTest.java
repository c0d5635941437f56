package dev.isoflop.worker.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.batch.BatchReader.Options;
import dev.isoflop.worker.data.text.HashedTextEncoder;
import dev.isoflop.worker.data.text.TextEncoder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class BatchReaderTest {
  private static final ImageShape SHAPE = new ImageShape(1, 8);
  private static final HashedTextEncoder ENCODER = new HashedTextEncoder(2, 3);

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "1,4", "4,7"})
  void keepsTheOrderOfTheStreamWhateverTheThreads(int ahead, int threads) throws Exception {
    List<Float> firstPixels = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    try (BatchReader reader = reader(new Numbered(70), new Options(10, ahead, threads))) {
      for (Optional<Batch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        FloatBuffer images = batch.get().images().asFloatBuffer();
        for (int i = 0; i < batch.get().size(); i++) {
          firstPixels.add(images.get(i * SHAPE.length()));
        }
        captions.addAll(batch.get().captions());
      }
    }

    assertThat(firstPixels).hasSize(70);
    for (int i = 0; i < 70; i++) {
      assertThat(firstPixels.get(i)).isEqualTo(i);
      assertThat(captions.get(i)).isEqualTo("number " + i);
    }
  }

  @Test
  void theLastBatchIsShort() throws Exception {
    try (BatchReader reader = reader(new Numbered(5), Options.ofBatchSize(3))) {
      assertThat(reader.next().orElseThrow().size()).isEqualTo(3);
      Batch last = reader.next().orElseThrow();
      assertThat(last.size()).isEqualTo(2);
      assertThat(last.images().remaining()).isEqualTo(2 * SHAPE.length() * Float.BYTES);
      assertThat(last.text().remaining()).isEqualTo(2 * 2 * 3 * Float.BYTES);
      assertThat(last.captions()).containsExactly("number 3", "number 4");
      assertThat(reader.next()).isEmpty();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void textFeaturesStandBesideTheirImages() throws Exception {
    try (BatchReader reader = reader(new Numbered(2), Options.ofBatchSize(2))) {
      FloatBuffer text = reader.next().orElseThrow().text().asFloatBuffer();
      for (int i = 0; i < 2; i++) {
        float[] expected = new float[6];
        ENCODER.encode("number " + i, expected, 0);
        float[] actual = new float[6];
        text.get(i * 6, actual);
        assertThat(actual).isEqualTo(expected);
      }
    }
  }

  /**
   * Networks make something of "", too; a sample without a caption must be as one that dropped it.
   */
  @Test
  void noCaptionIsZerosWhateverTheEncoder() throws Exception {
    TextEncoder ones =
        new TextEncoder() {
          @Override
          public int tokens() {
            return 2;
          }

          @Override
          public int width() {
            return 3;
          }

          @Override
          public void encode(String caption, float[] features, int offset) {
            Arrays.fill(features, offset, offset + 6, 1f);
          }

          @Override
          public String digest() {
            return "ones";
          }
        };
    Batch batch = new Batch(2, SHAPE, 6);
    batch.resize(2);
    float[] scratch = new float[6];
    batch.fill(0, new Example(new float[SHAPE.length()], "a caption"), ones, scratch);
    batch.fill(1, new Example(new float[SHAPE.length()], ""), ones, scratch);

    float[] features = new float[12];
    batch.text().asFloatBuffer().get(features);
    assertThat(Arrays.copyOf(features, 6)).containsOnly(1f);
    assertThat(Arrays.copyOfRange(features, 6, 12)).containsOnly(0f);
  }

  @Test
  void theMemoryOfABatchIsUsedAgain() throws Exception {
    try (BatchReader reader = reader(new Numbered(100), new Options(1, 1, 1))) {
      List<Batch> seen = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Batch batch = reader.next().orElseThrow();
        if (seen.stream().noneMatch(known -> known == batch)) {
          seen.add(batch);
        }
      }
      assertThat(seen).hasSizeLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void aFaultComesAfterAllBatchesBeforeIt(int threads) throws Exception {
    Numbered stream = new Numbered(100);
    stream.corruptAt = 25;
    try (BatchReader reader = reader(stream, new Options(10, 4, threads))) {
      assertThat(reader.next()).isPresent();
      assertThat(reader.next()).isPresent();
      for (int again = 0; again < 2; again++) {
        assertThatThrownBy(reader::next)
            .isInstanceOf(DataException.class)
            .hasMessage("example 25: is corrupt; make it again");
      }
    }
  }

  @Test
  void aFaultOfTheProgramIsNotHidden() throws Exception {
    ExampleStream wrongShape =
        new ExampleStream() {
          @Override
          public Optional<PendingExample> next() {
            return Optional.of(() -> new Example(new float[3], "three values"));
          }

          @Override
          public void close() {}
        };
    try (BatchReader reader = reader(wrongShape, Options.ofBatchSize(1))) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("an image has 3 values instead of 64");
    }
  }

  @Test
  void closingStopsTheThreadAndClosesTheStreamOnce() throws Exception {
    Numbered stream = new Numbered(Integer.MAX_VALUE);
    BatchReader reader = reader(stream, new Options(4, 2, 3));
    reader.next();
    reader.close();
    reader.close();

    assertThat(stream.closed).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("isoflop-data") && thread.isAlive());
  }

  @Test
  void closingDoesNotWaitForTheRestOfABatch() throws Exception {
    CountDownLatch decoding = new CountDownLatch(1);
    ExampleStream slow =
        new ExampleStream() {
          @Override
          public Optional<PendingExample> next() {
            return Optional.of(
                () -> {
                  decoding.countDown();
                  LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                  return new Example(new float[SHAPE.length()], "slow");
                });
          }

          @Override
          public void close() {}
        };
    BatchReader reader = reader(slow, new Options(10_000, 1, 1));
    assertThat(decoding.await(30, TimeUnit.SECONDS)).isTrue();
    reader.close();
  }

  @Test
  void countsTheSecondsSpentWaiting() throws Exception {
    AtomicLong clock = new AtomicLong();
    CountDownLatch asked = new CountDownLatch(1);
    ExampleStream late =
        new ExampleStream() {
          @Override
          public Optional<PendingExample> next() {
            await(asked);
            return Optional.of(() -> new Example(new float[SHAPE.length()], "late"));
          }

          @Override
          public void close() {}
        };
    try (BatchReader reader =
        new BatchReader(
            late,
            SHAPE,
            ENCODER,
            Options.ofBatchSize(1),
            () -> {
              asked.countDown();
              return clock.getAndAdd(2_000_000_000L);
            })) {
      assertThat(reader.waitSeconds()).isZero();
      reader.next();
      assertThat(reader.waitSeconds()).isCloseTo(2.0, within(1e-9));
    }
  }

  @Test
  void refusesOptionsThatReadNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options(0, 1, 1))
        .withMessageContaining("not 0, 1 and 1");
  }

  private static BatchReader reader(ExampleStream stream, Options options) {
    return new BatchReader(stream, SHAPE, ENCODER, options);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Images filled with their number. */
  private static final class Numbered implements ExampleStream {
    private final int count;
    private int next;
    private int corruptAt = -1;
    private boolean closed;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Numbered(int count) {
      this.count = count;
    }

    @Override
    public Optional<PendingExample> next() {
      assertThat(open.get()).as("open").isTrue();
      if (next == count) {
        return Optional.empty();
      }
      int number = next++;
      return Optional.of(
          () -> {
            if (number == corruptAt) {
              throw new DataException(
                  Kind.Corrupt, "example " + number, "is corrupt", "make it again");
            }
            float[] image = new float[SHAPE.length()];
            Arrays.fill(image, number);
            return new Example(image, "number " + number);
          });
    }

    @Override
    public void close() {
      closed = true;
      open.set(false);
    }
  }
}
