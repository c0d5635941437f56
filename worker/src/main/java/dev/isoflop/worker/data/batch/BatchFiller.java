package dev.isoflop.worker.data.batch;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.text.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes examples from a stream in order and decodes them into a batch, on one thread or several.
 */
final class BatchFiller implements AutoCloseable {
  private final ExampleStream stream;
  private final TextEncoder encoder;
  private final int threads;
  private final Optional<ExecutorService> executor;

  BatchFiller(ExampleStream stream, TextEncoder encoder, int threads) {
    this.stream = stream;
    this.encoder = encoder;
    this.threads = threads;
    executor = threads == 1 ? Optional.empty() : Optional.of(decoders(threads));
  }

  private static ExecutorService decoders(int threads) {
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "isoflop-decode");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Fills the batch from its start; it holds fewer than its capacity only when the stream ended.
   */
  void fill(Batch batch) throws DataException, InterruptedException {
    List<PendingExample> pending = take(batch.capacity());
    batch.resize(pending.size());
    if (executor.isPresent()) {
      decodeInSlices(executor.get(), pending, batch);
    } else {
      decode(pending, 0, pending.size(), batch);
    }
  }

  private List<PendingExample> take(int count) throws DataException {
    List<PendingExample> pending = new ArrayList<>(count);
    while (pending.size() < count) {
      Optional<PendingExample> next = stream.next();
      if (next.isEmpty()) {
        break;
      }
      pending.add(next.get());
    }
    return pending;
  }

  private void decodeInSlices(ExecutorService pool, List<PendingExample> pending, Batch batch)
      throws DataException, InterruptedException {
    List<Future<?>> slices = new ArrayList<>(threads);
    for (int slice = 0; slice < threads; slice++) {
      int from = (int) ((long) pending.size() * slice / threads);
      int to = (int) ((long) pending.size() * (slice + 1) / threads);
      slices.add(
          pool.submit(
              () -> {
                decode(pending, from, to, batch);
                return true;
              }));
    }
    // In order, so that of several faults the first in the stream is the one reported.
    for (Future<?> slice : slices) {
      try {
        slice.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof DataException fault) {
          throw fault;
        }
        throw new IllegalStateException("decoding failed: " + e.getCause(), e.getCause());
      }
    }
  }

  private void decode(List<PendingExample> pending, int from, int to, Batch batch)
      throws DataException, InterruptedException {
    float[] features = new float[encoder.tokens() * encoder.width()];
    for (int i = from; i < to; i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the reader was closed");
      }
      batch.fill(i, pending.get(i).decode(), encoder, features);
    }
  }

  @Override
  public void close() {
    executor.ifPresent(ExecutorService::shutdownNow);
  }
}
