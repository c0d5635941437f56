package dev.isoflop.worker.data.shard.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.Examples;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.webdataset.Shards;
import dev.isoflop.worker.data.webdataset.Tars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The order of training, whatever the seed, the shards and the bounds of a block. */
final class TrainingStreamTest {
  private static Path folder = Path.of("");

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("webdataset");
    Shards.fourNumbered(folder);
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    for (int i = 0; i < 4; i++) {
      Files.delete(folder.resolve(i + ".tar"));
    }
    Files.delete(folder);
  }

  /** Blocks bounded by count and by bytes, fewer and more than a shard, over several epochs. */
  @Property(tries = 150)
  void aStreamOpenedAtNEqualsOneReadUpToN(
      @ForAll @IntRange(max = 3) int seed,
      @ForAll @IntRange(max = 80) int first,
      @ForAll @IntRange(min = 1, max = 30) int blockSamples,
      @ForAll @IntRange(min = 50, max = 3000) int blockBytes)
      throws DataException {
    ShardDataset data = open(new BlockReader.Bounds(blockSamples, blockBytes));
    List<Example> fromStart = Examples.take(data.train(seed, 0), first + 3);
    List<Example> resumed = Examples.take(data.train(seed, first), 3);

    for (int i = 0; i < 3; i++) {
      assertThat(resumed.get(i).caption()).isEqualTo(fromStart.get(first + i).caption());
      assertThat(resumed.get(i).image()).isEqualTo(fromStart.get(first + i).image());
    }
  }

  @Property(tries = 30)
  void everyEpochHoldsEverySampleOnceInAnotherOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int blockSamples)
      throws DataException {
    ShardDataset data = open(new BlockReader.Bounds(blockSamples, 1 << 20));
    List<String> captions =
        Examples.captions(Examples.take(data.train(seed, 0), 3 * Shards.FOUR_NUMBERED));

    List<List<String>> epochs =
        IntStream.range(0, 3)
            .mapToObj(
                epoch ->
                    captions.subList(
                        epoch * Shards.FOUR_NUMBERED, (epoch + 1) * Shards.FOUR_NUMBERED))
            .toList();
    for (List<String> epoch : epochs) {
      assertThat(epoch)
          .containsExactlyInAnyOrderElementsOf(Shards.fourNumberedCaptions(Shards.FOUR_NUMBERED));
    }
  }

  private static ShardDataset open(BlockReader.Bounds bounds) throws DataException {
    return Tars.open(folder, "{0..3}.tar", new ImageShape(3, 8)).inBlocksOf(bounds);
  }
}
