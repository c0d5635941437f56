package dev.isoflop.operator.collect;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * HTTP with whatever answers at an address: heads have a bound, bodies are read as they arrive, no
 * redirect is followed, nothing is decompressed, and a connection does not outlast its exchange,
 * however that ends.
 */
public final class HttpExchanges implements AutoCloseable {
  private static final int CONNECTIONS_TO_AN_ADDRESS = 8;
  private static final int LARGEST_HEAD = 8 << 10;

  private final Vertx vertx;
  private final HttpClient client;

  /** Exchanges by a thread of their own. */
  public HttpExchanges() {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(CONNECTIONS_TO_AN_ADDRESS)
                .setMaxHeaderSize(LARGEST_HEAD)
                .setDecompressionSupported(false));
  }

  /**
   * Sends a request and lets the reader take in the body of an answer with status 200.
   *
   * @param timeout for the whole of it, from connecting to the last byte
   */
  CompletableFuture<Void> ask(
      RequestOptions request, String body, AnswerReader reader, Duration timeout) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    client
        .request(request.setFollowRedirects(false).setConnectTimeout(timeout.toMillis()))
        .onFailure(answer::completeExceptionally)
        .onSuccess(
            begun -> {
              endWith(answer, begun);
              if (!answer.isDone()) {
                begun
                    .send(Buffer.buffer(body))
                    .onFailure(answer::completeExceptionally)
                    .onSuccess(response -> read(response, reader, answer));
              }
            });
    return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Breaks off an answer that is not read to its end, be it for a refusal or for the time. */
  private static void endWith(CompletableFuture<Void> answer, HttpClientRequest request) {
    CompletableFuture<?> unused =
        answer.whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                request.reset();
              }
            });
  }

  private static void read(
      HttpClientResponse response, AnswerReader reader, CompletableFuture<Void> answer) {
    if (response.statusCode() != 200) {
      answer.completeExceptionally(new ErrorStatusException(response.statusCode()));
      return;
    }
    response.exceptionHandler(answer::completeExceptionally);
    response.handler(
        part -> {
          byte[] bytes = part.getBytes();
          step(() -> reader.take(bytes, 0, bytes.length), answer);
        });
    response.endHandler(
        nothing -> {
          step(reader::end, answer);
          answer.complete(null);
        });
  }

  private interface Step {
    void run() throws UnreadableAnswerException;
  }

  private static void step(Step step, CompletableFuture<Void> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      step.run();
    } catch (UnreadableAnswerException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    vertx.close();
  }
}
