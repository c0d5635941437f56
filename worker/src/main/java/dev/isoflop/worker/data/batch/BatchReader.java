package dev.isoflop.worker.data.batch;

import static java.util.Objects.requireNonNull;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.text.TextEncoder;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream ahead of its consumer, on one background thread and, if asked, several decoding
 * ones. What comes out depends on the stream alone, never on timing. A fault met while reading
 * ahead surfaces at the batch it belongs to, after all batches before it.
 */
public final class BatchReader implements AutoCloseable {
  /**
   * Options of reading ahead.
   *
   * @param batchSize examples per batch
   * @param ahead batches kept ready, each with its own memory
   * @param decodingThreads threads that decode; 1 decodes on the background thread itself
   */
  public record Options(int batchSize, int ahead, int decodingThreads) {
    public Options {
      if (batchSize < 1 || ahead < 1 || decodingThreads < 1) {
        throw new IllegalArgumentException(
            "batchSize, ahead and decodingThreads must be positive, not %d, %d and %d"
                .formatted(batchSize, ahead, decodingThreads));
      }
    }

    /** One batch ahead, decoded on the background thread: enough for one core. */
    public static Options ofBatchSize(int batchSize) {
      return new Options(batchSize, 1, 1);
    }
  }

  /** What the background thread hands over. */
  private sealed interface Delivery {
    record Filled(Batch batch) implements Delivery {}

    record End() implements Delivery {}

    record Failed(Throwable cause) implements Delivery {}
  }

  private final ExampleStream stream;
  private final BlockingQueue<Batch> free;
  private final BlockingQueue<Delivery> ready;
  private final BatchFiller filler;
  private final Thread thread;
  private final LongSupplier nanoTime;
  private @Nullable Batch lent;
  private @Nullable Delivery last;
  private long waitNanos;

  /** Starts reading at once; owns the stream from here on and closes it. */
  public BatchReader(
      ExampleStream stream, ImageShape imageShape, TextEncoder encoder, Options options) {
    this(stream, imageShape, encoder, options, System::nanoTime);
  }

  BatchReader(
      ExampleStream stream,
      ImageShape imageShape,
      TextEncoder encoder,
      Options options,
      LongSupplier nanoTime) {
    this.stream = requireNonNull(stream, "stream");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    int batches = options.ahead() + 1;
    free = new ArrayBlockingQueue<>(batches);
    ready = new ArrayBlockingQueue<>(batches + 1);
    for (int i = 0; i < batches; i++) {
      free.add(new Batch(options.batchSize(), imageShape, encoder.tokens() * encoder.width()));
    }
    filler = new BatchFiller(stream, encoder, options.decodingThreads());
    thread = new Thread(this::readAhead, "isoflop-data");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next batch, or empty after the last. It stays valid until the next call.
   *
   * @throws DataException if an example of this batch cannot be made; later calls throw it again
   * @throws InterruptedException if the calling thread is interrupted while it waits
   */
  public Optional<Batch> next() throws DataException, InterruptedException {
    if (lent != null) {
      free.add(lent);
      lent = null;
    }
    Delivery delivery = last == null ? take() : last;
    if (delivery instanceof Delivery.Filled filled) {
      lent = filled.batch();
      return Optional.of(filled.batch());
    }
    last = delivery;
    if (delivery instanceof Delivery.Failed failed) {
      throw rethrown(failed.cause());
    }
    return Optional.empty();
  }

  /** Seconds that {@link #next} has spent waiting for data, all calls together. */
  public double waitSeconds() {
    return waitNanos * 1e-9;
  }

  /** Stops the background threads, waits for them and closes the stream. May be called again. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // the stream must not be closed under a thread that reads it
      }
    }
    filler.close();
    stream.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Delivery take() throws InterruptedException {
    Delivery delivery = ready.poll();
    if (delivery != null) {
      return delivery;
    }
    long start = nanoTime.getAsLong();
    try {
      return ready.take();
    } finally {
      waitNanos += nanoTime.getAsLong() - start;
    }
  }

  private static DataException rethrown(Throwable cause) {
    if (cause instanceof DataException fault) {
      return fault;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("reading ahead failed: " + cause, cause);
  }

  private void readAhead() {
    try {
      while (true) {
        Batch batch = free.take();
        filler.fill(batch);
        if (batch.size() > 0) {
          ready.put(new Delivery.Filled(batch));
        }
        if (batch.size() < batch.capacity()) {
          ready.put(new Delivery.End());
          return;
        }
      }
    } catch (InterruptedException e) {
      ready.offer(new Delivery.Failed(new IllegalStateException("the reader was closed", e)));
    } catch (Throwable t) { // all of it belongs to the consumer; this thread has nobody to tell
      ready.offer(new Delivery.Failed(t));
    }
  }
}
