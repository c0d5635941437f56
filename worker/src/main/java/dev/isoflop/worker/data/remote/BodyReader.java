package dev.isoflop.worker.data.remote;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of an answer, pulled piece by piece, with a bound on how long the server may be silent:
 * the client's own streams would wait for ever.
 */
final class BodyReader implements BodySubscriber<BodyReader>, AutoCloseable {
  private sealed interface Event {
    record Bytes(List<ByteBuffer> buffers) implements Event {}

    record End() implements Event {}

    record Failure(Throwable cause) implements Event {}
  }

  private final Duration stall;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicReference<Subscription> subscription = new AtomicReference<>();

  BodyReader(Duration stall) {
    this.stall = stall;
  }

  /** The next pieces, or an empty list at the end. */
  List<ByteBuffer> next() throws IOException, InterruptedException {
    Event event = events.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
    if (event == null) {
      throw new HttpTimeoutException("the server sent nothing for " + stall.toSeconds() + " s");
    }
    if (event instanceof Event.Bytes bytes) {
      requireNonNull(subscription.get(), "bytes come after their subscription").request(1);
      return bytes.buffers();
    }
    if (event instanceof Event.Failure failure) {
      throw failure.cause() instanceof IOException known
          ? known
          : new IOException(failure.cause().toString(), failure.cause());
    }
    return List.of();
  }

  @Override
  public CompletionStage<BodyReader> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription.set(given);
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    events.add(new Event.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    events.add(new Event.Failure(cause));
  }

  @Override
  public void onComplete() {
    events.add(new Event.End());
  }

  /** Drops what has not come yet, and the connection with it. */
  @Override
  public void close() {
    Subscription given = subscription.get();
    if (given != null) {
      given.cancel();
    }
  }
}
