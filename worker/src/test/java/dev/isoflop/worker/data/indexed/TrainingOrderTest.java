package dev.isoflop.worker.data.indexed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TrainingOrderTest {
  /** Captions tell the index and the choice. */
  private record Numbers(int count) implements IndexedExamples {
    @Override
    public Example train(int index, CounterRandom choice) {
      return new Example(new float[0], index + " " + choice.nextInt(5));
    }

    @Override
    public Example evaluate(int index) {
      return new Example(new float[0], index + " first");
    }
  }

  @Test
  void everyPassHoldsEveryExampleInAnotherOrder() throws DataException {
    List<String> taken =
        take(new TrainingOrder(new Numbers(40), BrokenSamples.none(), "data.train.uri", 1, 0), 120);
    List<List<Integer>> passes =
        IntStream.range(0, 3)
            .mapToObj(pass -> taken.subList(40 * pass, 40 * pass + 40))
            .map(captions -> captions.stream().map(TrainingOrderTest::index).toList())
            .toList();

    assertThat(passes)
        .allSatisfy(pass -> assertThat(pass).containsExactlyInAnyOrderElementsOf(upTo(40)))
        .doesNotHaveDuplicates()
        .doesNotContain(upTo(40));
  }

  @Test
  void choicesDifferFromPassToPass() throws DataException {
    List<String> taken =
        take(new TrainingOrder(new Numbers(4), BrokenSamples.none(), "data.train.uri", 1, 0), 400);

    assertThat(new HashSet<>(taken)).hasSize(4 * 5);
  }

  @Property(tries = 50)
  void enteringAnywhereEqualsNeverHavingStopped(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll @IntRange(max = 50) int first)
      throws DataException {
    Numbers numbers = new Numbers(count);
    List<String> whole =
        take(
            new TrainingOrder(numbers, BrokenSamples.none(), "data.train.uri", seed, 0),
            first + 20);

    assertThat(
            take(
                new TrainingOrder(numbers, BrokenSamples.none(), "data.train.uri", seed, first),
                20))
        .isEqualTo(whole.subList(first, first + 20));
  }

  @Test
  void seedsGiveOtherOrders() throws DataException {
    assertThat(
            take(
                new TrainingOrder(new Numbers(40), BrokenSamples.none(), "data.train.uri", 1, 0),
                40))
        .isNotEqualTo(
            take(
                new TrainingOrder(new Numbers(40), BrokenSamples.none(), "data.train.uri", 2, 0),
                40));
  }

  @Test
  void evaluationTakesTheFirstAsStored() throws DataException {
    assertThat(
            take(
                new SequentialExamples(
                    new Numbers(5), BrokenSamples.none(), 3, "data.evaluation[0].uri"),
                9))
        .containsExactly("0 first", "1 first", "2 first");
  }

  @Test
  void evaluationSaysWhenThereAreTooFew() {
    assertThatThrownBy(
            () ->
                new SequentialExamples(
                    new Numbers(5), BrokenSamples.none(), 6, "data.evaluation[0].uri"))
        .hasMessage(
            "data.evaluation[0].uri: holds 5 samples but evaluation.samples asks for 6; name a"
                + " larger set or set evaluation.samples to 5 or less");
  }

  private static int index(String caption) {
    return Integer.parseInt(caption.substring(0, caption.indexOf(' ')));
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<String> take(ExampleStream stream, int most) throws DataException {
    List<String> captions = new ArrayList<>();
    for (var next = stream.next(); next.isPresent(); next = stream.next()) {
      captions.add(next.get().decode().caption());
      if (captions.size() == most) {
        break;
      }
    }
    return captions;
  }
}
