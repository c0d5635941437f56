package dev.isoflop.operator.collect;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sends queries to allowed hosts and to no others. A name is looked up once, all that it leads to
 * is checked, and the connection goes to an address that was checked: a name that leads elsewhere a
 * moment later gains nothing. Redirects are not followed, and answers are not decompressed.
 */
final class PrometheusExchange implements AutoCloseable {
  private static final String PATH = "/api/v1/query";
  private static final int LOOKUPS = 4;
  private static final int CONNECTIONS = 8;
  private static final int LARGEST_HEADER = 8 << 10;

  private final AllowedHosts allowed;
  private final Duration timeout;
  private final Vertx vertx;
  private final HttpClient client;
  private final ExecutorService lookups =
      Executors.newFixedThreadPool(LOOKUPS, PrometheusExchange::thread);

  /**
   * @param timeout for the whole of a query, from the name to the last byte
   */
  PrometheusExchange(AllowedHosts allowed, Duration timeout) {
    this.allowed = allowed;
    this.timeout = timeout;
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setKeepAlive(false)
                .setMaxPoolSize(CONNECTIONS)
                .setMaxHeaderSize(LARGEST_HEADER)
                .setDecompressionSupported(false));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "isoflop-lookup");
    thread.setDaemon(true);
    return thread;
  }

  /** Asks a query and lets the reader take in the answer. */
  CompletableFuture<Void> ask(
      PrometheusAddress address, PrometheusQuery query, AnswerReader reader) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    lookups.execute(
        () -> {
          try {
            send(address, lookUp(address), query, reader, answer);
          } catch (UnreadableAnswerException | UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private InetAddress lookUp(PrometheusAddress address)
      throws UnreadableAnswerException, UnknownHostException {
    String name =
        allowed
            .name(address)
            .orElseThrow(
                () -> new UnreadableAnswerException("its host is not one that may be asked"));
    InetAddress[] found = InetAddress.getAllByName(name);
    for (InetAddress ip : found) {
      if (!allowed.permits(ip)) {
        throw new UnreadableAnswerException(
            "its host has a loopback, link-local or metadata address, which is not asked");
      }
    }
    return found[0];
  }

  private void send(
      PrometheusAddress address,
      InetAddress ip,
      PrometheusQuery query,
      AnswerReader reader,
      CompletableFuture<Void> answer) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(ip, address.port())))
            .setHost(address.host())
            .setPort(address.port())
            .setSsl(address.tls())
            .setURI(address.path() + PATH)
            .setFollowRedirects(false)
            .putHeader("Accept", "application/json")
            .putHeader("Content-Type", "application/x-www-form-urlencoded");
    client
        .request(options)
        .onFailure(answer::completeExceptionally)
        .onSuccess(
            request -> {
              endWith(answer, request);
              request
                  .send(Buffer.buffer(query.form()))
                  .onFailure(answer::completeExceptionally)
                  .onSuccess(response -> read(response, reader, answer));
            });
  }

  /** What is not read to its end, be it for a refusal or for the time, is broken off. */
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
      answer.completeExceptionally(
          new UnreadableAnswerException("HTTP status " + response.statusCode()));
      return;
    }
    response.exceptionHandler(answer::completeExceptionally);
    response.handler(
        part -> {
          if (!answer.isDone()) {
            byte[] bytes = part.getBytes();
            complete(() -> reader.take(bytes, 0, bytes.length), answer);
          }
        });
    response.endHandler(
        nothing -> {
          if (!answer.isDone()) {
            complete(reader::end, answer);
            answer.complete(null);
          }
        });
  }

  private interface Step {
    void run() throws UnreadableAnswerException;
  }

  private static void complete(Step step, CompletableFuture<Void> answer) {
    try {
      step.run();
    } catch (UnreadableAnswerException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    vertx.close();
  }
}
