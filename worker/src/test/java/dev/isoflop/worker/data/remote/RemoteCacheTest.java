package dev.isoflop.worker.data.remote;

import static dev.isoflop.worker.data.remote.FileServer.dropAfter;
import static dev.isoflop.worker.data.remote.FileServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemoteCacheTest {
  /** Servers here answer at once; on a loaded machine even that takes a while. */
  private static final Duration STALL = Duration.ofSeconds(30);

  private static Retries retries(Duration stall) {
    return new Retries(4, Duration.ofMillis(100), Duration.ofMillis(350), stall);
  }

  private final byte[] content = bytes(1, 300_000);
  private final FileServer server = server(content);
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder = Path.of("");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void downloadsOnceAndAsksNoMoreInTheSameProcess() throws Exception {
    RemoteCache cache = cache(1 << 20);

    assertThat(read(cache)).isEqualTo(content);
    assertThat(read(cache)).isEqualTo(content);
    assertThat(server.requests()).containsExactly("GET");
  }

  @Test
  void anotherProcessAsksOnceAndDownloadsNothing() throws Exception {
    read(cache(1 << 20));
    RemoteCache other = cache(1 << 20);

    assertThat(read(other)).isEqualTo(content);
    assertThat(read(other)).isEqualTo(content);
    assertThat(server.requests())
        .as("the second is answered with 304")
        .containsExactly("GET", "GET");
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    server.next(dropAfter(100_000), dropAfter(50_000));

    assertThat(read(cache(1 << 20))).isEqualTo(content);
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().get(1)).matches("GET bytes=[1-9]\\d*-");
    assertThat(pauses)
        .as("bytes came, so patience began anew")
        .containsOnly(Duration.ofMillis(100));
  }

  @Test
  void goesOnWhereAnEarlierProcessStopped() throws Exception {
    server.next(dropAfter(100_000), status(503), status(503), status(503), status(503));
    assertFault(cache(1 << 20), Kind.Unreadable);
    int asked = server.requests().size();

    assertThat(read(cache(1 << 20))).isEqualTo(content);
    assertThat(server.requests().get(asked)).matches("GET bytes=[1-9]\\d*-");
  }

  @Test
  void startsOverWhereRangesAreNotServed() throws Exception {
    server.withoutRanges();
    server.next(dropAfter(100_000));

    assertThat(read(cache(1 << 20))).isEqualTo(content);
  }

  /** A proxy that cuts every answer at the same byte, and serves no ranges. */
  @Test
  void givesUpAServerThatAlwaysSendsTheSameBeginning() {
    server.withoutRanges();
    server.next(
        dropAfter(100_000),
        dropAfter(100_000),
        dropAfter(100_000),
        dropAfter(100_000),
        dropAfter(100_000));

    assertFault(cache(1 << 20), Kind.Unreadable)
        .hasMessageContaining("could not be downloaded in 4 tries");
    assertThat(server.requests()).hasSizeLessThanOrEqualTo(5);
    assertThat(log)
        .as("the first failure is told, at once")
        .singleElement()
        .asString()
        .startsWith(uri() + ": ")
        .endsWith("; trying again");
  }

  @Test
  void startsOverWhenTheFileChangedBetweenTwoParts() throws Exception {
    byte[] other = bytes(2, 200_000);
    server.next(
        dropAfter(100_000),
        (self, exchange) -> {
          self.change(other, "\"two\"");
          self.start(exchange);
          exchange.getResponseBody().write(other);
        });

    assertThat(read(cache(1 << 20))).isEqualTo(other);
  }

  @Test
  void refusesAPartThatWasNotAskedFor() throws Exception {
    server.next(
        dropAfter(100_000),
        (self, exchange) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 7-299999/300000");
          exchange.sendResponseHeaders(206, 299_993);
          exchange.getResponseBody().write(content, 7, 299_993);
        });

    assertThat(read(cache(1 << 20))).isEqualTo(content);
  }

  @Test
  void doesNotGoOnWithoutAnythingThatTellsFilesApart() throws Exception {
    server.change(content, "");
    server.next(dropAfter(100_000));

    assertThat(read(cache(1 << 20))).isEqualTo(content);
    // Java's client itself asks once more where the connection broke before it read the answer.
    assertThat(server.requests()).hasSizeBetween(2, 3).containsOnly("GET");
  }

  @Test
  void waitsLongerEachTimeAndGivesUp() {
    server.next(status(503), status(500), status(429), status(502), status(503));

    assertFault(cache(1 << 20), Kind.Unreadable)
        .hasMessageContaining("could not be downloaded in 4 tries")
        .hasMessageContaining("HTTP 502")
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.retryable()).isTrue());
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(350));
  }

  @Test
  void honoursWhatABusyServerAsksForWithinBounds() throws Exception {
    server.next(
        (self, exchange) -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          exchange.sendResponseHeaders(503, -1);
        });

    assertThat(read(cache(1 << 20))).isEqualTo(content);
    assertThat(pauses).containsExactly(Duration.ofMillis(350));
  }

  @Test
  void aServerThatFallsSilentIsNotWaitedForForEver() throws Exception {
    server.next(
        (self, exchange) -> {
          byte[] body = self.start(exchange);
          exchange.getResponseBody().write(body, 0, 1000);
          exchange.getResponseBody().flush();
          pause(1500);
        });

    assertThat(read(cache(1 << 20, Duration.ofMillis(400)))).isEqualTo(content);
    assertThat(server.requests()).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource({
    "404, Missing, there is no",
    "410, Missing, there is no",
    "403, Missing, may not be read",
    "401, Missing, may not be read",
    "400, Setting, answers with HTTP 400"
  })
  void saysAtOnceWhatNoPatienceHelps(int code, Kind kind, String problem) {
    server.next(status(code));

    assertFault(cache(1 << 20), kind).hasMessageContaining(problem);
    assertThat(pauses).isEmpty();
  }

  @Test
  void usesTheCopyWhenTheServerIsGone() throws Exception {
    read(cache(1 << 20));
    server.stop();

    assertThat(read(cache(1 << 20))).isEqualTo(content);
    assertThat(log).singleElement().asString().contains("using the copy of http://127.0.0.1");
  }

  @Test
  void withoutACopyAServerThatIsGoneIsAnError() {
    server.stop();

    assertFault(cache(1 << 20), Kind.Unreadable).hasMessageContaining("check the network");
  }

  @Test
  void takesTheNewFileInANewProcess() throws Exception {
    read(cache(1 << 20));
    byte[] other = bytes(2, 1000);
    server.change(other, "\"two\"");

    assertThat(read(cache(1 << 20))).isEqualTo(other);
    assertThat(log).singleElement().asString().contains("is not what it was");
  }

  @Test
  void aFileThatChangesUnderneathIsAnError() throws Exception {
    RemoteCache cache = cache(1 << 20);
    read(cache);
    server.change(bytes(2, 1000), "\"two\"");
    removeData();

    assertFault(cache, Kind.Corrupt).hasMessageContaining("changed while it was in use");
  }

  @Test
  void aDamagedCopyIsDownloadedAgain() throws Exception {
    read(cache(1 << 20));
    Files.write(data().get(0), new byte[7]);

    assertThat(read(cache(1 << 20))).isEqualTo(content);
  }

  /** As somebody else who may write to the cache could change it: the record stays true to it. */
  @Test
  void aCopyOfOtherBytesOfTheSameLengthIsDownloadedAgain() throws Exception {
    read(cache(1 << 20));
    Path copy = data().get(0);
    byte[] changed = Files.readAllBytes(copy);
    changed[changed.length / 2] ^= 1;
    Files.write(copy, changed);

    assertThat(read(cache(1 << 20))).isEqualTo(content);
    assertThat(Files.readAllBytes(data().get(0))).isEqualTo(content);
  }

  @Test
  void aCopyThatIsSwappedWhileAProcessRunsIsNoticed() throws Exception {
    RemoteCache cache = cache(1 << 20);
    read(cache);
    Path copy = data().get(0);
    byte[] changed = Files.readAllBytes(copy);
    changed[0] ^= 1;
    Path other = Files.write(folder.resolve("other"), changed);
    Files.move(other, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(read(cache)).isEqualTo(content);
  }

  @Test
  void aDigestThatWasGivenIsComparedWithTheBytesNotWithTheirRecord() throws Exception {
    String right = Sha256.of("right").substring("sha256:".length());
    server.change("right".getBytes(java.nio.charset.StandardCharsets.UTF_8), "\"r\"");
    cache(1 << 20).open(uri(), "field", Optional.of(right)).close();
    Files.writeString(data().get(0), "wrong");

    try (FileChannel channel = cache(1 << 20).open(uri(), "field", Optional.of(right))) {
      assertThat(all(channel)).asString().isEqualTo("right");
    }
  }

  @Test
  void linksInTheCacheLeadNowhere() throws Exception {
    read(cache(1 << 20));
    Path copy = data().get(0);
    String key = copy.getFileName().toString().replace(".data", "");
    Path victim = Files.writeString(folder.resolve("victim"), "untouched");
    Files.delete(copy);
    for (String name : List.of(".data", ".part", ".part.json", ".json.part")) {
      Files.createSymbolicLink(copy.resolveSibling(key + name), victim);
    }

    assertThat(read(cache(1 << 20))).isEqualTo(content);
    assertThat(victim).hasContent("untouched");
    Path lock = copy.resolveSibling(key + ".lock");
    Files.delete(lock);
    Files.createSymbolicLink(lock, folder.resolve("made"));
    assertFault(cache(1 << 20), Kind.Unreadable).hasMessageContaining("symbolic link");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void checksADigestThatWasGiven() throws Exception {
    String right = Sha256.of("right").substring("sha256:".length());
    server.change("right".getBytes(java.nio.charset.StandardCharsets.UTF_8), "\"r\"");
    RemoteCache cache = cache(1 << 20);

    cache.open(uri(), "field", Optional.of(right)).close();
    assertThatThrownBy(() -> cache.open(uri(), "field", Optional.of("0".repeat(64))))
        .hasMessageContaining("has the digest sha256:" + right + " instead of 000");
  }

  @Test
  void neverKeepsMoreThanItsBoundAndDropsWhatWasNotUsedForLongest() throws Exception {
    RemoteCache cache = cache(700_000);
    read(cache, "/a");
    read(cache, "/b");
    read(cache, "/a"); // now b is the oldest
    read(cache, "/c");

    assertThat(size()).isLessThanOrEqualTo(700_000);
    int asked = server.requests().size();
    assertThat(read(cache, "/a")).isEqualTo(content);
    assertThat(server.requests()).as("a is still there").hasSize(asked);
    assertThat(read(cache, "/b")).isEqualTo(content);
    assertThat(server.requests()).as("b was dropped").hasSize(asked + 1);
  }

  @Test
  void anOpenFileOutlivesItsPlaceInTheCache() throws Exception {
    RemoteCache cache = cache(400_000);
    try (FileChannel open = cache.open(server.uri("/a"), "field")) {
      read(cache, "/b");
      assertThat(data()).hasSize(1);
      assertThat(all(open)).isEqualTo(content);
    }
  }

  @Test
  void refusesAFileOverTheBoundBeforeItComes() {
    assertFault(cache(299_999), Kind.TooLarge).hasMessageContaining("ISOFLOP_CACHE_BYTES");
  }

  @Test
  void refusesAFileOfUnknownLengthWhenItGoesOverTheBound() throws Exception {
    server.next(
        (self, exchange) -> {
          exchange.sendResponseHeaders(200, 0); // chunked
          byte[] piece = new byte[1 << 20];
          try {
            for (int i = 0; i < 40; i++) {
              exchange.getResponseBody().write(piece);
            }
          } catch (IOException e) {
            throw new IOException("the reader hung up, as it should", e);
          }
        });

    assertFault(cache(20 << 20), Kind.TooLarge);
    assertThat(size()).isLessThanOrEqualTo(20 << 20);
  }

  @Test
  void threadsAndCachesOfOneFolderDownloadAFileOnce() throws Exception {
    RemoteCache one = cache(1 << 20);
    RemoteCache two = cache(1 << 20);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<byte[]>> readers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        RemoteCache cache = i % 2 == 0 ? one : two;
        readers.add(() -> read(cache, "/file"));
      }
      for (var result : threads.invokeAll(readers)) {
        assertThat(result.get()).isEqualTo(content);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.requests()).as("one download, one question").hasSizeLessThanOrEqualTo(2);
  }

  private static FileServer server(byte[] content) {
    try {
      return new FileServer(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RemoteCache cache(long mostBytes) {
    return cache(mostBytes, STALL);
  }

  private RemoteCache cache(long mostBytes, Duration stall) {
    Clock clock =
        new Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            synchronized (RemoteCacheTest.this) {
              now = now.plusSeconds(10);
              return now;
            }
          }
        };
    return new RemoteCache(
        new CacheSettings(folder, mostBytes), clock, log::add, retries(stall), pauses::add);
  }

  private URI uri() {
    return server.uri("/file");
  }

  private byte[] read(RemoteCache cache) throws Exception {
    return read(cache, "/file");
  }

  private byte[] read(RemoteCache cache, String path) throws Exception {
    try (FileChannel channel = cache.open(server.uri(path), "data.train.uri")) {
      return all(channel);
    }
  }

  private static byte[] all(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = channel.read(bytes);
    }
    return bytes.array();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFault(
      RemoteCache cache, Kind kind) {
    return assertThatThrownBy(() -> cache.open(uri(), "data.train.uri"))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  private List<Path> data() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("downloads"))) {
      return files.filter(file -> file.toString().endsWith(".data")).toList();
    }
  }

  private void removeData() throws IOException {
    for (Path file : data()) {
      Files.delete(file);
    }
  }

  private long size() throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(folder.resolve("downloads"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
