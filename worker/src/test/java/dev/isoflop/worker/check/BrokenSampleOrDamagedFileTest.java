package dev.isoflop.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckReport.SetReport;
import dev.isoflop.trial.DataCheckRequest;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.Examples;
import dev.isoflop.worker.data.Fixtures;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.npy.Npys;
import dev.isoflop.worker.data.open.DatasetOpener;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.data.remote.Caches;
import dev.isoflop.worker.data.webdataset.Shards;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is wrong with one sample may be left out, what is wrong with a file may not; the check of
 * data and trials agree on it, whatever the format.
 */
final class BrokenSampleOrDamagedFileTest {
  private static final String LATENTS =
      """
      , "latents": {"kind": "%s", "scaled": true, "scaleFactor": 1.0, "shift": 0.0,
                    "dtype": "%s", "autoencoder": "vae"}\
      """;

  private final Path folder;

  BrokenSampleOrDamagedFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A set with one sample that cannot be used. */
  enum OneBroken {
    TAR_WITHOUT_A_CAPTION("0.tar", "WebDataset", 6, "has an image but no caption"),
    TAR_WITHOUT_AN_IMAGE("0.tar", "WebDataset", 6, "has a caption but no image"),
    TAR_WITH_TWO_IMAGES("0.tar", "WebDataset", 6, "has both 2.png and 2.jpg"),
    TAR_WITH_A_TOO_LARGE_CAPTION("0.tar", "WebDataset", 6, "are over the bound"),
    TAR_WITH_A_DAMAGED_IMAGE("0.tar", "WebDataset", 6, "is not a PNG, JPEG or WebP image"),
    MDS_WITH_DAMAGED_LATENTS("mds", "MDS", 5, "holds the value NaN"),
    SAFETENSORS_WITH_DAMAGED_LATENTS("x.safetensors", "Safetensors", 6, "holds the value NaN"),
    NPY_WITHOUT_A_LABEL("npy", "Npy", 6, "a_labels/3.npy: is not there"),
    NPY_WITHOUT_LATENTS("edm2", "Npy", 6, "img-mean-std-00000001.npy: is not there"),
    NPY_CUT_OFF("npy", "Npy", 6, "a_features/3.npy"),
    ZIP_WITH_A_WRONG_CHECKSUM("edm2.zip", "Npy", 6, "its checksum is wrong"),
    COCO_WITHOUT_A_CAPTION("captions_x.json", "COCO", 6, "has no caption in the captions file"),
    COCO_WITHOUT_AN_IMAGE("captions_x.json", "COCO", 6, "is not there"),
    COCO_WITH_A_DAMAGED_IMAGE("captions_x.json", "COCO", 6, "is not a PNG, JPEG or WebP image");

    private final String uri;
    private final String format;
    private final int samples;
    private final String problem;

    OneBroken(String uri, String format, int samples, String problem) {
      this.uri = uri;
      this.format = format;
      this.samples = samples;
      this.problem = problem;
    }

    void make(Path folder) throws IOException {
      switch (this) {
        case TAR_WITHOUT_A_CAPTION,
            TAR_WITHOUT_AN_IMAGE,
            TAR_WITH_TWO_IMAGES,
            TAR_WITH_A_TOO_LARGE_CAPTION,
            TAR_WITH_A_DAMAGED_IMAGE ->
            tar(folder);
        case MDS_WITH_DAMAGED_LATENTS -> mds(copied("mds/diffusion", folder.resolve("mds")));
        case SAFETENSORS_WITH_DAMAGED_LATENTS -> {
          byte[] file = Fixtures.bytes("safetensors/half.safetensors");
          long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
          String text = new String(file, 8, (int) header, java.nio.charset.StandardCharsets.UTF_8);
          int at =
              Integer.parseInt(
                  text.replaceAll("(?s).*\"latents\".*?offsets\": ?\\[(\\d+).*", "$1"));
          Arrays.fill(file, 8 + (int) header + at, 8 + (int) header + at + 8, (byte) 0xff);
          Files.write(folder.resolve("x.safetensors"), file);
        }
        case NPY_WITHOUT_A_LABEL -> Files.delete(npy(folder).resolve("a_labels/3.npy"));
        case NPY_WITHOUT_LATENTS ->
            Files.delete(
                copied("npy/edm2", folder.resolve("edm2"))
                    .resolve("00000/img-mean-std-00000001.npy"));
        case NPY_CUT_OFF -> cut(npy(folder).resolve("a_features/3.npy"), 200);
        case ZIP_WITH_A_WRONG_CHECKSUM -> {
          byte[] file = Fixtures.bytes("npy/edm2.zip");
          file[500] ^= 1; // among the latents of the first picture
          Files.write(folder.resolve("edm2.zip"), file);
        }
        case COCO_WITHOUT_A_CAPTION -> coco(folder, 2);
        case COCO_WITHOUT_AN_IMAGE -> {
          coco(folder, -1);
          Files.delete(folder.resolve("x/2.png"));
        }
        case COCO_WITH_A_DAMAGED_IMAGE -> {
          coco(folder, -1);
          Files.writeString(folder.resolve("x/2.png"), "no picture");
        }
      }
    }

    private void tar(Path folder) throws IOException {
      try (Shards shard = Shards.at(folder.resolve("0.tar"))) {
        for (int i = 0; i < 6; i++) {
          boolean bad = i == 2;
          if (!bad || this != TAR_WITHOUT_AN_IMAGE) {
            byte[] picture = Shards.png(i);
            boolean damaged = bad && this == TAR_WITH_A_DAMAGED_IMAGE;
            shard.entry(i + ".png", damaged ? new byte[picture.length] : picture);
          }
          if (bad && this == TAR_WITH_TWO_IMAGES) {
            shard.entry(i + ".jpg", Shards.png(i));
          }
          if (bad && this == TAR_WITH_A_TOO_LARGE_CAPTION) {
            shard.entry(i + ".txt", new byte[(4 << 20) + 1]);
          } else if (!bad || this != TAR_WITHOUT_A_CAPTION) {
            shard.entry(i + ".txt", "number " + i);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneBrokenSampleCountsAndMayBeLeftOut(OneBroken kind) throws Exception {
    kind.make(folder);
    DataCheckReport report = check(kind.uri, kind.format, 0);
    SetReport set = report.sets().get(0);

    assertThat(report.problems()).isEmpty();
    assertThat(set.damagedFiles()).isZero();
    assertThat(set.samples()).isEqualTo(kind.samples);
    assertThat(set.broken())
        .singleElement()
        .satisfies(
            broken -> assertThat(broken.where() + ": " + broken.problem()).contains(kind.problem));
    assertThat(report.isUsable()).isFalse();
    assertThat(check(kind.uri, kind.format, 1).isUsable()).isTrue();

    BrokenSamples broken = new BrokenSamples(1, Set.of(), left -> {});
    Dataset trained = open(kind, broken);
    assertThat(Examples.take(trained.train(1, 0), 2 * kind.samples)).hasSize(2 * kind.samples);
    assertThat(broken.count()).isEqualTo(1);
    assertThat(Examples.take(trained.evaluation(kind.samples - 1), kind.samples - 1))
        .hasSize(kind.samples - 1);
    assertThat(broken.count()).isEqualTo(1);
    assertThat(trained.digest()).startsWith("sha256:");
    assertThatThrownBy(
            () -> Examples.take(open(kind, BrokenSamples.none()).train(1, 0), kind.samples))
        .as("no sample may be broken unless it is allowed")
        .isInstanceOf(DataException.class);
  }

  /** A set with one file that cannot be read to its end, or not at all. */
  enum OneDamaged {
    CUT_TAR("0.tar", "WebDataset"),
    CUT_MDS("mds", "MDS"),
    CUT_SAFETENSORS("x.safetensors", "Safetensors");

    private final String uri;
    private final String format;

    OneDamaged(String uri, String format) {
      this.uri = uri;
      this.format = format;
    }

    void make(Path folder) throws IOException {
      switch (this) {
        case CUT_TAR -> cut(Shards.numbered(folder.resolve("0.tar"), 0, 6), 7000);
        case CUT_MDS ->
            cut(copied("mds/diffusion", folder.resolve("mds")).resolve("shard.00001.mds"), 500);
        case CUT_SAFETENSORS ->
            cut(
                Files.write(
                    folder.resolve("x.safetensors"),
                    Fixtures.bytes("safetensors/half.safetensors")),
                600);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsNoNumberOfSamples(OneDamaged kind) throws Exception {
    kind.make(folder);
    DataCheckReport report = check(kind.uri, kind.format, 1000);
    SetReport set = report.sets().get(0);

    assertThat(report.problems()).isEmpty();
    assertThat(set.brokenSamples()).isZero();
    assertThat(set.damagedFiles()).isEqualTo(1);
    assertThat(set.damaged()).singleElement().matches(each -> each.problem().contains("again"));
    assertThat(report.isUsable()).isFalse();

    Dataset trained = open(kind.uri, kind.format, new BrokenSamples(1000, Set.of(), left -> {}));
    assertThatThrownBy(() -> Examples.take(trained.train(1, 0), 12))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("again");
  }

  /** A folder that is not mounted any more is no set of broken samples. */
  @org.junit.jupiter.api.Test
  void aFolderThatIsGoneMayBeTriedAgain() throws Exception {
    npy(folder);
    Dataset trained = open("npy", "Npy", new BrokenSamples(1000, Set.of(), left -> {}));
    Files.move(folder.resolve("npy"), folder.resolve("elsewhere"));
    Files.createDirectory(folder.resolve("npy"));

    assertThatThrownBy(() -> Examples.take(trained.train(1, 0), 1))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.retryable()).isTrue())
        .hasMessageContaining("is gone");
  }

  private Dataset open(OneBroken kind, BrokenSamples broken) throws Exception {
    return open(kind.uri, kind.format, broken);
  }

  private Dataset open(String uri, String format, BrokenSamples broken) throws Exception {
    DataCheckRequest request = request(uri, format, 0);
    return new DatasetOpener(request.data(), Caches.none(), note -> {}, broken)
        .open(request.data().train(), "data.train");
  }

  private DataCheckReport check(String uri, String format, int allowed) throws Exception {
    return new DataCheck(
            request(uri, format, allowed),
            new DataEnvironment(
                () -> TorchRuntime.start(1),
                CacheSettings.of(Map.of("ISOFLOP_CACHE", folder.resolve("cache").toString()))),
            message -> {},
            () -> false,
            System::nanoTime)
        .run()
        .orElseThrow();
  }

  private DataCheckRequest request(String uri, String format, int allowed) throws Exception {
    String latents =
        switch (format) {
          case "Npy" -> LATENTS.formatted(uri.equals("npy") ? "Sample" : "MeanStd", "Float32");
          case "MDS", "Safetensors" -> LATENTS.formatted("Sample", "Float16");
          default -> "";
        };
    String json =
        """
        {"data": {"train": {"name": "t", "uri": "%s/%s", "format": "%s"%s},
                  "evaluation": [], "imageSize": %d, "channels": %d},
         "evaluation": {"samples": 1}, "everySample": true, "brokenSamples": %d, "threads": 1}
        """
            .formatted(
                folder,
                uri,
                format,
                latents,
                latents.isEmpty() ? 8 : 4,
                latents.isEmpty() ? 3 : 4,
                allowed);
    return TrialJson.MAPPER.readValue(json, DataCheckRequest.class);
  }

  private static void cut(Path file, int length) throws IOException {
    byte[] content = Files.readAllBytes(file);
    assertThat(length).isLessThan(content.length);
    Files.write(file, Arrays.copyOf(content, length));
  }

  private static Path copied(String fixture, Path target) throws IOException {
    Path source = Fixtures.path(fixture);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
    return target;
  }

  /** The last column of each sample are its latents. */
  private static void mds(Path folder) throws IOException {
    Path shard = folder.resolve("shard.00000.mds");
    byte[] content = Files.readAllBytes(shard);
    int end = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(8);
    Arrays.fill(content, end - 8, end, (byte) 0xff);
    Files.write(shard, content);
  }

  private static Path npy(Path folder) throws IOException {
    Path root = folder.resolve("npy");
    Path features = Files.createDirectories(root.resolve("a_features"));
    Path labels = Files.createDirectories(root.resolve("a_labels"));
    for (int i = 0; i < 6; i++) {
      Files.write(features.resolve(i + ".npy"), Npys.latent(i));
      Files.write(labels.resolve(i + ".npy"), Npys.label(i % 4));
    }
    return root;
  }

  /**
   * Six pictures.
   *
   * @param uncaptioned the one without a caption; -1 for none
   */
  private static void coco(Path folder, int uncaptioned) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("x"));
    StringBuilder images = new StringBuilder();
    StringBuilder captions = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      Files.write(pictures.resolve(i + ".png"), Shards.png(i));
      images
          .append(i == 0 ? "" : ",")
          .append("{\"id\": %d, \"file_name\": \"%d.png\"}".formatted(i, i));
      if (i != uncaptioned) {
        captions
            .append(captions.isEmpty() ? "" : ",")
            .append("{\"image_id\": %d, \"caption\": \"number %d\"}".formatted(i, i));
      }
    }
    Files.writeString(
        folder.resolve("captions_x.json"),
        "{\"images\": [%s], \"annotations\": [%s]}".formatted(images, captions));
  }
}
