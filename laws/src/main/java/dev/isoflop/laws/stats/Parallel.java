package dev.isoflop.laws.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs independent, numbered pieces of work on a given number of threads. */
public final class Parallel {

  private final int threads;

  public Parallel(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " must be at least 1");
    }
    this.threads = threads;
  }

  /** Calls the work once for each of 0 to count - 1; it must write only to places of its own. */
  public void forEach(int count, IntConsumer work) {
    if (threads == 1 || count < 2) {
      for (int i = 0; i < count; i++) {
        work.accept(i);
      }
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> slices = new ArrayList<>();
      for (int slice = 0; slice < threads; slice++) {
        int first = slice;
        slices.add(
            pool.submit(
                () -> {
                  for (int i = first; i < count; i += threads) {
                    work.accept(i);
                  }
                }));
      }
      for (Future<?> slice : slices) {
        slice.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while fitting", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a fit failed on its thread", failed.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
