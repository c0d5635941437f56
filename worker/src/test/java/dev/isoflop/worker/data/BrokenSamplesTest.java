package dev.isoflop.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.BrokenSamples.Left;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.indexed.IndexedExamples;
import dev.isoflop.worker.data.indexed.SequentialExamples;
import dev.isoflop.worker.data.indexed.TrainingOrder;
import dev.isoflop.worker.data.remote.Caches;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.locate.ShardLocator;
import dev.isoflop.worker.data.webdataset.Shards;
import dev.isoflop.worker.data.webdataset.WebDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokenSamplesTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8);
  private static final Set<Integer> BAD = Set.of(3, 4, 11);
  private static final int SAMPLES = 20;

  private final Path folder;
  private final List<Left> journal = new ArrayList<>();

  /** The same samples in two folders, of which those of one are all whole. */
  BrokenSamplesTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder.resolve("whole"));
    Files.createDirectories(folder.resolve("broken"));
    Shards.numbered(folder.resolve("whole/0.tar"), 0, SAMPLES);
    try (Shards shard = Shards.at(folder.resolve("broken/0.tar"))) {
      for (int i = 0; i < SAMPLES; i++) {
        byte[] png = Shards.png(i);
        if (BAD.contains(i)) {
          png[png.length - 20] ^= 1; // of the same length: blocks are the same
        }
        shard.entry("%06d.png".formatted(i), png).entry("%06d.txt".formatted(i), "number " + i);
      }
    }
  }

  private BrokenSamples bearing(int most) {
    return new BrokenSamples(most, Set.of(), journal::add);
  }

  private Dataset open(String name, BrokenSamples broken) throws DataException {
    ExampleContent content =
        new ExampleContent(
            SHAPE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            DataNotes.ignored(),
            broken);
    ShardLocator locator = new ShardLocator("data.train.uri", folder, Caches.none());
    return WebDataset.open("s", name + "/0.tar", "data.train.uri", locator, content);
  }

  private static boolean isBad(String caption) {
    return BAD.contains(Integer.parseInt(caption.substring("number ".length())));
  }

  @Test
  void theNextWholeSampleTakesThePlaceAndTheOthersStay() throws Exception {
    List<String> whole =
        Examples.captions(Examples.take(open("whole", bearing(3)).train(5, 0), 3 * SAMPLES));
    BrokenSamples broken = bearing(3);
    List<String> left =
        Examples.captions(Examples.take(open("broken", broken).train(5, 0), 3 * SAMPLES));

    for (int i = 0; i < 3 * SAMPLES; i++) {
      int from = i / SAMPLES * SAMPLES;
      int at = i;
      while (isBad(whole.get(at))) {
        at = from + (at + 1 - from) % SAMPLES;
      }
      assertThat(left.get(i)).as("example %d", i).isEqualTo(whole.get(at));
    }
    assertThat(broken.count()).isEqualTo(3);
    assertThat(journal).hasSize(3).allSatisfy(each -> assertThat(each.problem()).contains("PNG"));
  }

  @Test
  void aRunThatGoesOnSeesTheSame() throws Exception {
    List<String> all = Examples.captions(Examples.take(open("broken", bearing(3)).train(7, 0), 50));

    for (int first = 0; first < 45; first++) {
      assertThat(Examples.captions(Examples.take(open("broken", bearing(3)).train(7, first), 5)))
          .isEqualTo(all.subList(first, first + 5));
    }
  }

  @Test
  void evaluationTakesTheFirstWholeOnes() throws Exception {
    List<String> measured =
        Examples.captions(Examples.take(open("broken", bearing(3)).evaluation(17), 17));

    assertThat(measured).doesNotHaveDuplicates().noneMatch(BrokenSamplesTest::isBad);
    assertThatThrownBy(() -> Examples.take(open("broken", bearing(3)).evaluation(18), 18))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TooFew))
        .hasMessage(
            "data.train.uri: holds 17 whole samples but evaluation.samples asks for 18; fix or add"
                + " some, or set evaluation.samples to 17");
  }

  @Test
  void oneMoreThanIsBorneEndsTheTrialWithTheCounts() throws Exception {
    assertThatThrownBy(() -> Examples.take(open("broken", bearing(2)).train(5, 0), SAMPLES))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.Corrupt))
        .hasMessageStartingWith(
            "data.train.uri: 3 samples are broken, and scheduling.failures.brokenSamples allows 2;"
                + " the last is data.train.uri, shard "
                + folder);
    assertThatThrownBy(
            () -> Examples.take(open("broken", BrokenSamples.none()).train(5, 0), SAMPLES))
        .hasMessageContaining(".png: is not a readable PNG image");
  }

  /** What an earlier attempt left out counts, once, in the next. */
  @Test
  void earlierAttemptsCount() throws Exception {
    Examples.take(open("broken", bearing(3)).train(5, 0), SAMPLES);
    BrokenSamples next = new BrokenSamples(3, journal, journal::add);

    Examples.take(open("broken", next).train(5, 0), SAMPLES);
    assertThat(next.count()).isEqualTo(3);
    assertThat(journal).hasSize(3);
  }

  /** A disk that fails is no broken sample. */
  @Test
  void faultsOfTheMachineAreNeverLeftOut() {
    DataException disk = new DataException(Kind.Unreadable, "shard", "cannot be read", "wait");

    assertThatThrownBy(() -> bearing(9).leaveOut("data.train.uri", disk)).isSameAs(disk);
  }

  /** A missing caption is a flaw of its sample, as a damaged picture is. */
  @Test
  void aSampleWithoutACaptionIsLeftOutAlike() throws Exception {
    Files.createDirectories(folder.resolve("lacking"));
    try (Shards shard = Shards.at(folder.resolve("lacking/0.tar"))) {
      for (int i = 0; i < SAMPLES; i++) {
        shard.entry("%06d.png".formatted(i), Shards.png(i));
        if (!BAD.contains(i)) {
          shard.entry("%06d.txt".formatted(i), "number " + i);
        }
      }
    }
    BrokenSamples broken = bearing(3);
    List<String> all =
        Examples.captions(Examples.take(open("lacking", broken).train(5, 0), 3 * SAMPLES));
    assertThat(all).noneMatch(BrokenSamplesTest::isBad);
    assertThat(all)
        .as("blocks and their order are those of the same samples, whole")
        .isEqualTo(
            Examples.captions(Examples.take(open("broken", bearing(3)).train(5, 0), 3 * SAMPLES)));
    assertThat(broken.count()).isEqualTo(3);
    for (int first = 0; first < 45; first++) {
      assertThat(Examples.captions(Examples.take(open("lacking", bearing(3)).train(5, first), 5)))
          .isEqualTo(all.subList(first, first + 5));
    }
    assertThat(Examples.captions(Examples.take(open("lacking", bearing(3)).evaluation(17), 17)))
        .hasSize(17)
        .noneMatch(BrokenSamplesTest::isBad);
    assertThatThrownBy(() -> Examples.take(open("lacking", bearing(2)).train(5, 0), SAMPLES))
        .hasMessageStartingWith("data.train.uri: 3 samples are broken")
        .hasMessageContaining("has an image but no caption");
    assertThatThrownBy(
            () -> Examples.take(open("lacking", BrokenSamples.none()).train(5, 0), SAMPLES))
        .hasMessageContaining("has an image but no caption");
  }

  /** Nobody knows what stood behind the cut, so that is no number of samples. */
  @Test
  void aShardThatIsCutOffIsNeverLeftOut() throws Exception {
    Path shard = folder.resolve("whole/0.tar");
    Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 9000));
    assertThatThrownBy(() -> Examples.take(open("whole", bearing(1000)).train(5, 0), SAMPLES))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.Corrupt))
        .hasMessageContaining("is not a whole tar archive")
        .hasMessageEndingWith("copy it again from its source");
    assertThatThrownBy(() -> Examples.take(open("whole", bearing(1000)).evaluation(15), 15))
        .hasMessageContaining("is not a whole tar archive");
    assertThat(journal).isEmpty();
  }

  @Test
  void examplesByNumberAreLeftOutAlike() throws Exception {
    IndexedExamples numbers =
        new IndexedExamples() {
          @Override
          public int count() {
            return SAMPLES;
          }

          @Override
          public Example train(int index, CounterRandom choice) throws DataException {
            return evaluate(index);
          }

          @Override
          public Example evaluate(int index) throws DataException {
            if (BAD.contains(index)) {
              throw new DataException(Kind.Corrupt, "entry " + index, "is corrupt", "mend it");
            }
            return new Example(new float[0], "number " + index);
          }
        };
    BrokenSamples broken = bearing(3);
    List<String> all =
        Examples.captions(
            Examples.take(new TrainingOrder(numbers, broken, "data.train.uri", 1, 0), 50));

    assertThat(all).noneMatch(BrokenSamplesTest::isBad);
    assertThat(broken.count()).isEqualTo(3);
    for (int first = 0; first < 45; first++) {
      assertThat(
              Examples.captions(
                  Examples.take(new TrainingOrder(numbers, broken, "data.train.uri", 1, first), 5)))
          .isEqualTo(all.subList(first, first + 5));
    }
    assertThat(
            Examples.captions(
                Examples.take(new SequentialExamples(numbers, broken, 6, "data.train.uri"), 6)))
        .containsExactly("number 0", "number 1", "number 2", "number 5", "number 6", "number 7");
    assertThatThrownBy(
            () -> Examples.take(new SequentialExamples(numbers, broken, 18, "data.train.uri"), 18))
        .hasMessageContaining("holds 17 whole samples but evaluation.samples asks for 18");
  }
}
