package dev.isoflop.worker.data.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PixelLevels;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are written by {@code src/test/python/coco_fixtures.py}. */
final class CocoDatasetTest {
  private static final String FIELD = "data.train.uri";
  private static final String CAPTIONS = "annotations/captions_val2014.json";
  private static final ImageShape SHAPE = new ImageShape(3, 8);

  @TempDir Path folder;

  @BeforeEach
  void copyFixtures() throws IOException, URISyntaxException {
    Path source =
        Path.of(Objects.requireNonNull(CocoDatasetTest.class.getResource(CAPTIONS)).toURI())
            .resolve("../..")
            .normalize();
    for (String part : List.of("annotations", "val2014")) {
      Files.createDirectories(folder.resolve(part));
      try (Stream<Path> files = Files.list(source.resolve(part))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, folder.resolve(part).resolve(file.getFileName().toString()));
        }
      }
    }
  }

  @Test
  void evaluatesImagesInStoredOrderByTheirFirstCaptions() throws DataException {
    List<Example> examples = take(open().evaluation(3), 9);

    assertThat(examples)
        .extracting(Example::caption)
        .containsExactly("red caption 0.", "green caption 4.", "blue caption 4.");
    float[] red = examples.get(0).image();
    assertThat(PixelLevels.level(red[0])).isBetween(195, 205);
    assertThat(PixelLevels.level(red[64])).isBetween(25, 35);
  }

  @Test
  void trainsOnEachOfTheCaptions() throws DataException {
    List<Example> examples = take(open().train(3, 0), 300);

    assertThat(examples.stream().map(Example::caption).collect(java.util.stream.Collectors.toSet()))
        .hasSize(15);
    for (Example example : examples) {
      boolean isRed = PixelLevels.level(example.image()[0]) > 100;
      assertThat(example.caption().startsWith("red")).isEqualTo(isRed);
    }
  }

  @Test
  void trainingResumesAtTheExactExampleAndCaption() throws DataException {
    List<Example> whole = take(open().train(3, 0), 40);

    assertThat(take(open().train(3, 19), 21))
        .usingRecursiveComparison()
        .isEqualTo(whole.subList(19, 40));
  }

  @Test
  void findsImagesWhereverCocoIsUnpacked() throws Exception {
    String digest = open().digest();
    Files.createDirectory(folder.resolve("images"));
    Files.move(folder.resolve("val2014"), folder.resolve("images/val2014"));
    assertThat(open().digest()).isEqualTo(digest);

    Files.move(folder.resolve("images/val2014"), folder.resolve("annotations/val2014"));
    assertThat(open().digest()).isEqualTo(digest);

    Files.move(folder.resolve("annotations/val2014"), folder.resolve("elsewhere"));
    assertThatThrownBy(this::open)
        .hasMessageStartingWith(
            "data.train.uri: there is no folder of images for 'captions_val2014.json' (looked for "
                + folder.resolve("val2014"))
        .hasMessageContaining(folder.resolve("images/val2014").toString());
  }

  @Test
  void namesTheFirstMissingImage() throws IOException {
    Files.delete(folder.resolve("val2014/COCO_val2014_000000391912.jpg"));

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.kind()).isEqualTo(Kind.Missing))
        .hasMessage(
            "data.train.uri: 1 of 3 images are missing in '%s', the first of them"
                    .formatted(folder.resolve("val2014"))
                + " 'COCO_val2014_000000391912.jpg'; download the images again");
  }

  @Test
  void namesTheImageThatIsDamaged() throws Exception {
    Path file = folder.resolve("val2014/COCO_val2014_000000391912.jpg");
    byte[] content = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));

    assertThatThrownBy(() -> take(open().evaluation(3), 3))
        .hasMessageStartingWith("data.train.uri, file " + file);
  }

  @Test
  void refusesNamesThatLeadOutOfTheFolder() throws IOException {
    for (String name : List.of("../secret.jpg", "/etc/hostname", "a/../../b.jpg")) {
      Path captions = folder.resolve(CAPTIONS);
      Files.writeString(
          captions,
          """
          {"images": [{"id": 1, "file_name": "%s"}],
           "annotations": [{"image_id": 1, "caption": "x"}]}\
          """
              .formatted(name));

      assertThatThrownBy(this::open)
          .hasMessageContaining("an image is named '" + name + "', outside of");
    }
  }

  @Test
  void refusesAFileThatTellsNoFolder() throws IOException {
    Files.move(folder.resolve(CAPTIONS), folder.resolve("val.json"));

    assertThatThrownBy(
            () -> CocoDataset.open("coco", "val.json", FIELD, folder, SHAPE, BrokenSamples.none()))
        .hasMessageContaining("'val.json' is not named like captions_val2014.json");
  }

  @Test
  void knowsItsFilesUnderAnotherName() throws Exception {
    Files.createSymbolicLink(folder.resolve("captions_link.json"), folder.resolve(CAPTIONS));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("val2014"));

    assertThat(
            CocoDataset.open(
                    "coco", "captions_link.json", FIELD, folder, SHAPE, BrokenSamples.none())
                .files())
        .isEqualTo(new HashSet<>(open().files()));
  }

  private CocoDataset open() throws DataException {
    return CocoDataset.open("coco", CAPTIONS, FIELD, folder, SHAPE, BrokenSamples.none());
  }

  private static List<Example> take(ExampleStream stream, int most) throws DataException {
    List<Example> examples = new ArrayList<>();
    while (examples.size() < most) {
      var next = stream.next();
      if (next.isEmpty()) {
        break;
      }
      examples.add(next.get().decode());
    }
    return examples;
  }
}
