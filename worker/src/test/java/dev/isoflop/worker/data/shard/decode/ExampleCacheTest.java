package dev.isoflop.worker.data.shard.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.PixelLevels;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExampleCacheTest {
  @Test
  void givesBackTheSameBitsForEveryLevel() {
    float[] image = new float[256];
    for (int level = 0; level < 256; level++) {
      image[level] = PixelLevels.value(level);
    }
    ExampleCache cache = new ExampleCache(1000);
    cache.keep(sample(3), new Example(image.clone(), "all levels"));

    Example found = cache.find(sample(3)).orElseThrow();
    assertThat(found.image()).isEqualTo(image);
    assertThat(found.caption()).isEqualTo("all levels");
    assertThat(cache.find(sample(4))).isEmpty();
  }

  @Test
  void changingWhatWasHandedOutChangesNothingKept() {
    ExampleCache cache = new ExampleCache(1000);
    cache.keep(sample(0), new Example(new float[] {1f}, "white"));
    cache.find(sample(0)).orElseThrow().image()[0] = -1f;

    assertThat(cache.find(sample(0)).orElseThrow().image()).containsExactly(1f);
  }

  @Test
  void keepsTheFirstThatFitAndNoMore() {
    ExampleCache cache = new ExampleCache(1000);
    for (int i = 0; i < 10; i++) {
      cache.keep(sample(i), new Example(new float[200], ""));
    }

    assertThat(cache.find(sample(0))).isPresent();
    assertThat(cache.find(sample(1))).isPresent();
    for (int i = 2; i < 10; i++) {
      assertThat(cache.find(sample(i))).isEmpty();
    }
  }

  private static StoredSample sample(long number) {
    StoredFile none = StoredFile.skipped("k", "png", 0);
    return new StoredSample(
        new SamplePlace("data.train.uri, shard s.tar", 0, number),
        "k",
        none,
        Optional.of(none),
        Optional.empty());
  }
}
