package dev.isoflop.operator.collect;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Limits the number of exchanges at a time. Those that wait are begun tenant by tenant in turn, and
 * no tenant has more than its share, so that one whose exchanges are slow does not stop the
 * others'.
 */
public final class FairSlots {
  private final int all;
  private final int share;
  private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();
  private final Map<String, Integer> running = new HashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private int taken;

  /**
   * @param all exchanges at a time
   * @param share of one tenant, at most
   */
  public FairSlots(int all, int share) {
    if (share < 1 || share > all) {
      throw new IllegalArgumentException("a share of %d of %d slots".formatted(share, all));
    }
    this.all = all;
    this.share = share;
  }

  /** Begins an exchange once there is a slot for it, which it keeps until it is complete. */
  public <T> CompletableFuture<T> run(String tenant, Supplier<CompletableFuture<T>> exchange) {
    CompletableFuture<T> result = new CompletableFuture<>();
    synchronized (this) {
      waiting
          .computeIfAbsent(tenant, unknown -> new ArrayDeque<>())
          .add(() -> begin(tenant, exchange, result));
    }
    serve();
    return result;
  }

  private <T> void begin(
      String tenant, Supplier<CompletableFuture<T>> exchange, CompletableFuture<T> result) {
    CompletableFuture<T> begun;
    try {
      begun = exchange.get();
    } catch (RuntimeException e) {
      begun = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<?> unused =
        begun.whenComplete(
            (value, failure) -> {
              release(tenant);
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(failure);
              }
            });
  }

  /** Begins what can begin; by one thread at a time, so that it does not nest. */
  private void serve() {
    if (asked.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      Optional<Runnable> next = take();
      while (next.isPresent()) {
        next.get().run();
        next = take();
      }
      seen = asked.addAndGet(-seen);
    } while (seen > 0);
  }

  private synchronized Optional<Runnable> take() {
    if (taken == all) {
      return Optional.empty();
    }
    Optional<String> tenant =
        waiting.keySet().stream().filter(name -> running.getOrDefault(name, 0) < share).findFirst();
    if (tenant.isEmpty()) {
      return Optional.empty();
    }
    // Taken out and put back behind the others.
    Queue<Runnable> queue = waiting.remove(tenant.get());
    if (queue == null) {
      return Optional.empty();
    }
    Optional<Runnable> next = Optional.ofNullable(queue.poll());
    if (!queue.isEmpty()) {
      waiting.put(tenant.get(), queue);
    }
    running.merge(tenant.get(), 1, Integer::sum);
    taken++;
    return next;
  }

  private void release(String tenant) {
    synchronized (this) {
      taken--;
      running.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
    }
    serve();
  }
}
