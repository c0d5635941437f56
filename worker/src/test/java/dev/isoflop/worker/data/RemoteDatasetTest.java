package dev.isoflop.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.open.DatasetOpener;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.data.remote.RemoteCache;
import dev.isoflop.worker.data.webdataset.Shards;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole data sets behind http. */
final class RemoteDatasetTest {
  @TempDir Path served = Path.of("");
  @TempDir Path cached = Path.of("");

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;

  RemoteDatasetTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void serve() {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Path file = served.resolve(exchange.getRequestURI().getPath().substring(1));
            asked.add(served.relativize(file).toString());
            if (!Files.isRegularFile(file)) {
              exchange.sendResponseHeaders(404, -1);
              return;
            }
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tarsBehindHttpAreTheSameDataAsOnDisk() throws Exception {
    Shards.fourNumbered(served);
    Dataset remote = open(pictures(url("/{0..3}.tar?permission=abc")), 1 << 20);
    Dataset local = open(pictures(served + "/{0..3}.tar"), 1 << 20);

    assertThat(Examples.captions(Examples.take(remote.train(1, 30), 40)))
        .isEqualTo(Examples.captions(Examples.take(local.train(1, 30), 40)));
    assertThat(remote.digest()).isEqualTo(local.digest());
    assertThat(remote.sources()).contains(url("/0.tar")).hasSize(4);
    assertThat(asked).as("each once").hasSize(4);
  }

  @Test
  void aCacheSmallerThanTheDataGivesTheSameData() throws Exception {
    Shards.fourNumbered(served);
    long largest = Files.size(served.resolve("2.tar"));
    Dataset remote = open(pictures(url("/{0..3}.tar")), largest);
    Dataset local = open(pictures(served + "/{0..3}.tar"), 1 << 20);

    assertThat(Examples.captions(Examples.take(remote.train(2, 0), 60)))
        .isEqualTo(Examples.captions(Examples.take(local.train(2, 0), 60)));
    assertThat(asked).hasSizeGreaterThan(4);
  }

  @Test
  void resumingInTheFirstEpochAsksForNoShardBehindIt() throws Exception {
    Shards.fourNumbered(served);
    Dataset remote = open(pictures(url("/{0..3}.tar")), 1 << 20);
    Examples.take(remote.train(1, 1), 1);

    assertThat(asked).doesNotHaveDuplicates();
  }

  @Test
  void foldersOfMdsMayLieBehindHttp() throws Exception {
    for (String name :
        List.of("index.json", "shard.00000.mds", "shard.00001.mds", "shard.00002.mds")) {
      Files.write(served.resolve(name), Fixtures.bytes("mds/diffusion/" + name));
    }
    DatasetSpec set =
        Latents.set(
            url("/"), DataFormat.MDS, Latents.spec(LatentKind.Sample, LatentType.Float16), null);
    DataSpec data = new DataSpec(set, List.of(set), 4, 4, Latents.HASHED, Latents.PIXELS_OR_STORED);
    Dataset remote =
        new DatasetOpener(data, cache(1 << 20), System.err::println).open(set, "data.train");

    Latents.assertIs(Examples.take(remote.evaluation(5), 5).get(4), 5);
    Latents.assertResumes(remote);
  }

  @Test
  void aMissingShardIsNamedWithItsSetting() throws Exception {
    Shards.fourNumbered(served);
    Dataset remote = open(pictures(url("/{3..4}.tar")), 1 << 20);

    assertThatThrownBy(() -> remote.evaluation(20))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.Missing))
        .hasMessageStartingWith("data.train.uri: there is no " + url("/4.tar"));
  }

  @Test
  void refusesUrlsThatCannotWork() {
    assertThatThrownBy(() -> open(pictures("http:///x.tar"), 1))
        .hasMessageContaining("has no host");
    assertThatThrownBy(() -> open(pictures("https://me:secret@host/x.tar"), 1))
        .hasMessageContaining("passwords do not belong into manifests");
    assertThatThrownBy(() -> open(pictures("https://host/a b.tar"), 1))
        .hasMessageContaining("is not a URL");
    assertThatThrownBy(() -> open(pictures("http://h/{0..1}.tar,http://h/1.tar"), 1))
        .hasMessageContaining("is named twice");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static DatasetSpec pictures(String uri) {
    return new DatasetSpec("numbers", uri, DataFormat.WebDataset);
  }

  private Dataset open(DatasetSpec set, long mostBytes) throws DataException {
    DataSpec data = new DataSpec(set, List.of(set), 8, 3, Latents.HASHED, Latents.PIXELS_OR_STORED);
    return new DatasetOpener(data, cache(mostBytes), System.err::println).open(set, "data.train");
  }

  private RemoteCache cache(long mostBytes) {
    return new RemoteCache(new CacheSettings(cached, mostBytes), Clock.systemUTC(), line -> {});
  }
}
