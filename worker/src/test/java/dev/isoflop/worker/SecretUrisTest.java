package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.autoencoder.EncodedDatasetTest;
import dev.isoflop.worker.data.open.DatasetOpener;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.data.remote.RemoteCache;
import dev.isoflop.worker.data.text.TorchScriptCaptionModelTest;
import dev.isoflop.worker.data.webdataset.Shards;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Permissions in URIs stay in the configuration, which needs them, and appear nowhere else. */
final class SecretUrisTest {
  private static final String SECRET = "PLANTED";

  @TempDir Path folder = Path.of("");
  private final HttpServer server;

  SecretUrisTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Serves the files of the folder to whoever has the permission. */
  @BeforeEach
  void serve() {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            boolean allowed = String.valueOf(exchange.getRequestURI().getQuery()).contains(SECRET);
            if (!allowed || !Files.isRegularFile(file)) {
              exchange.sendResponseHeaders(allowed ? 404 : 403, -1);
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

  private String url(String file) {
    return "http://127.0.0.1:%d/%s?X-Amz-Signature=%s&x=a"
        .formatted(server.getAddress().getPort(), file, SECRET);
  }

  private SmallTrial trial(String train, String evaluation) throws IOException {
    Path codec = PinnedFiles.copy(EncodedDatasetTest.class, "codec.pt", folder);
    Path encoder = PinnedFiles.copy(TorchScriptCaptionModelTest.class, "encoder.pt", folder);
    PinnedFiles.copy(TorchScriptCaptionModelTest.class, "tokenizer.json", folder);
    return SmallTrial.in(folder.resolve("trial"))
        .onShards(train, evaluation)
        .bearing(2)
        .with("\"steps\": 1000", "\"steps\": 10")
        .with("\"channels\": 1", "\"channels\": 12")
        .with("\"textTokens\": 4, \"textWidth\": 8", "\"textTokens\": 6, \"textWidth\": 3")
        .with("{\"samples\": 64}", "{\"samples\": 8}")
        .with(
            "\"textEncoder\": {\"tokens\": 4, \"width\": 8}",
            """
            "textEncoder": {"type": "TorchScript", "tokens": 6, "width": 3,
                            "uri": "file://%s?token=%s", "sha256": "%s"},
            "autoencoder": {"type": "TorchScript", "uri": "file://%s?token=%s", "sha256": "%s",
                            "downsampling": 2, "scaleFactor": 0.5}\
            """
                .formatted(
                    encoder,
                    SECRET,
                    PinnedFiles.sha256(encoder),
                    codec,
                    SECRET,
                    PinnedFiles.sha256(codec)));
  }

  /** Every file below the folder that holds a secret, but the worker's own configuration. */
  private List<Path> told() throws IOException {
    List<Path> told = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (content.contains(SECRET) && !file.endsWith(TrialFiles.CONFIG)) {
          told.add(file);
        }
      }
    }
    return told;
  }

  @Test
  void aTrialThatSucceedsTellsNoSecret() throws Exception {
    Shards.numbered(folder.resolve("e.tar"), 0, 9);
    try (Shards shard = Shards.at(folder.resolve("t.tar"))) {
      shard.entry("a.png", "no picture").entry("a.txt", "a");
      for (int i = 0; i < 4; i++) {
        shard.entry(i + ".png", Shards.png(i)).entry(i + ".txt", "picture " + i);
      }
    }
    SmallTrial trial = trial(url("t.tar"), url("e.tar"));

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
    assertThat(worker.log()).contains("left out: data.train.uri, shard http://127.0.0.1:");
    assertThat(trial.file(TrialFiles.BROKEN_SAMPLES)).exists();
    assertThat(told()).isEmpty();
  }

  @Test
  void aTrialThatFailsTellsNoSecret() throws Exception {
    Shards.numbered(folder.resolve("t.tar"), 0, 9);
    SmallTrial trial = trial(url("t.tar"), url("absent.tar"));

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).as(worker.log()).isNotEqualTo(ExitCode.DONE.code());
    assertThat(trial.terminationMessage().outcome().message())
        .contains(
            "data.evaluation[0].uri: there is no http://127.0.0.1:", "/absent.tar?… (HTTP 404)");
    assertThat(told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:PLANTED@host/a.tar",
        "https://me:PLAN/PLANTED@host/a.tar",
        "https://host/a b.tar?sig=PLANTED",
        "https://host/a.tar?sig=%PLANTED",
        "https://host/a.tar#PLANTED",
        "https:PLANTED@host",
        "https://host/a.tar?a=b,PLANTED",
        "https://host/a.tar?{PLANTED",
        "https://host/a.tar?{PLANTED}",
        "https://host/a.tar?x=PLANTED,https://host/a.tar?x=PLANTED",
        "s3://KEY:PLANTED@bucket/a.tar",
        "s3://bucket/a.tar?sig=PLANTED",
        "file://me:PLANTED@host/a.tar",
        "file:///%zz?a=PLANTED",
        "http://127.0.0.1:1/a.tar?sig=PLANTED",
      })
  void refusalsTellNoSecret(String uri) {
    DatasetSpec set = new DatasetSpec("t", uri, DataFormat.WebDataset);
    DataSpec data =
        TrialJson.MAPPER.convertValue(
            Map.of("train", set, "evaluation", List.of(set), "imageSize", 8), DataSpec.class);
    List<String> notes = new ArrayList<>();
    CacheSettings settings = new CacheSettings(folder.resolve("cache"), 1 << 20);
    RemoteCache cache = new RemoteCache(settings, Clock.systemUTC(), notes::add);

    assertThatThrownBy(
            () ->
                new DatasetOpener(data, cache, notes::add)
                    .open(set, "data.train")
                    .parts()
                    .get(0)
                    .probe())
        .isInstanceOf(DataException.class)
        .message()
        .startsWith("data.train.uri")
        .doesNotContain(SECRET);
    assertThat(notes).allSatisfy(note -> assertThat(note).doesNotContain(SECRET));
  }
}
