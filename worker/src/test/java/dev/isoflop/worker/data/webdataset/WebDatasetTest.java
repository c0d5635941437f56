package dev.isoflop.worker.data.webdataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.Examples;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.shard.stream.ShardDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebDatasetTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8);

  private final Path folder;

  WebDatasetTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void ordersDifferByEpochAndSeed() throws Exception {
    Shards.fourNumbered(folder);
    ShardDataset data = open(folder, "*.tar");
    List<String> one = Examples.captions(Examples.take(data.train(1, 0), 2 * Shards.FOUR_NUMBERED));
    List<String> two = Examples.captions(Examples.take(data.train(2, 0), Shards.FOUR_NUMBERED));

    assertThat(
            List.of(
                one.subList(0, Shards.FOUR_NUMBERED),
                one.subList(Shards.FOUR_NUMBERED, 2 * Shards.FOUR_NUMBERED),
                two,
                Shards.fourNumberedCaptions(Shards.FOUR_NUMBERED)))
        .doesNotHaveDuplicates();
  }

  @Test
  void aBlockMixesShards() throws Exception {
    Shards.fourNumbered(folder);
    ShardDataset data = open(folder, "*.tar");
    List<String> first = Examples.captions(Examples.take(data.train(1, 0), 12));

    assertThat(first.stream().map(WebDatasetTest::shardOf).distinct().count()).isGreaterThan(2);
  }

  @Test
  void evaluationIsTheFirstInStoredOrderWhateverTheSeed() throws Exception {
    Shards.fourNumbered(folder);
    ShardDataset data = open(folder, "{0..3}.tar");

    assertThat(Examples.captions(Examples.take(data.evaluation(10), 10)))
        .isEqualTo(Shards.fourNumberedCaptions(10));
    try (ExampleStream stream = data.evaluation(1)) {
      stream.next();
      assertThat(stream.next()).isEmpty();
    }
  }

  @Test
  void tooFewForEvaluationIsSaidBeforeTheFirst() throws Exception {
    Shards.fourNumbered(folder);
    ShardDataset data = open(folder, "{0..3}.tar");

    assertThatThrownBy(() -> data.evaluation(26))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TooFew))
        .hasMessage(
            "data.train.uri: holds 25 samples but evaluation.samples asks for 26; add shards or set"
                + " evaluation.samples to 25 or less");
    assertThat(data.size()).hasValue(25);
  }

  @Test
  void noSamplesAtAllIsAnErrorForBoth() throws Exception {
    try (Shards shard = Shards.at(folder.resolve("empty.tar"))) {
      shard.directory("nothing");
    }
    ShardDataset data = open(folder, "empty.tar");

    assertThatThrownBy(() -> Examples.take(data.train(0, 0), 1))
        .hasMessageStartingWith("data.train.uri: holds 0 samples in its 1 shards but training");
    assertThatThrownBy(() -> data.train(0, 5)).hasMessageContaining("holds 0 samples");
    assertThatThrownBy(() -> data.evaluation(10))
        .hasMessageStartingWith(
            "data.train.uri: holds 0 samples but evaluation.samples asks for 10");
  }

  @Test
  void noSamplesBecauseOfDotsIsSaid() throws Exception {
    try (Shards shard = Shards.at(folder.resolve("dots.tar"))) {
      shard.entry("a.1.png", Shards.png(1)).entry("a.1.txt", "one");
    }

    assertThatThrownBy(() -> Examples.take(open(folder, "dots.tar").train(0, 0), 1))
        .hasMessageEndingWith(
            "(2 files such as a.1.png are left out, for a sample's files share the text before the"
                + " first dot of their names; write names without dots before the extension, such"
                + " as img_v1_0001.jpg)");
  }

  @Test
  void faultsComeFromTheShardThatHasThem() throws Exception {
    Shards.fourNumbered(folder);
    Files.write(folder.resolve("2.tar"), new byte[700]);
    ShardDataset data = open(folder, "*.tar");

    assertThatThrownBy(() -> Examples.take(data.train(0, 0), Shards.FOUR_NUMBERED))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("2.tar").toString());
    assertThat(Examples.take(data.evaluation(8), 8)).as("those before it are whole").hasSize(8);
  }

  @Test
  void digestsFollowTheContentAndNotTheFolder() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Shards.fourNumbered(folder);
    Shards.fourNumbered(copy);
    String digest = open(folder, "*.tar").digest();
    assertThat(digest).matches("sha256:[0-9a-f]{64}");
    assertThat(open(copy, "*.tar").digest()).isEqualTo(digest);
    assertThat(open(folder, "{0..2}.tar").digest()).isNotEqualTo(digest);

    byte[] content = Files.readAllBytes(copy.resolve("2.tar"));
    content[5000] ^= 1;
    Files.write(copy.resolve("2.tar"), content);
    assertThat(open(copy, "*.tar").digest()).isNotEqualTo(digest);
  }

  @Test
  void knowsAShardUnderAnotherName() throws Exception {
    Shards.fourNumbered(folder);
    Files.createSymbolicLink(folder.resolve("link.tar"), folder.resolve("1.tar"));
    Path real = folder.resolve("1.tar").toRealPath();

    assertThat(open(folder, "link.tar").files()).containsExactly(real);
    assertThat(open(folder, "link.tar").sources()).containsExactly(real.toString());
  }

  private static ShardDataset open(Path folder, String uri) throws DataException {
    return Tars.open(folder, uri, SHAPE);
  }

  private static int shardOf(String caption) {
    int number = Integer.parseInt(caption.substring("number ".length()));
    return number < 7 ? 0 : number < 8 ? 1 : number < 20 ? 2 : 3;
  }
}
