package dev.isoflop.worker.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureStoreTest {
  private static final String KEY = Sha256.hex("a red apple");
  private static final float[] VALUES = {1.5f, -0f, Float.MIN_VALUE, Float.NaN};

  @TempDir Path root;

  @Test
  void givesBackTheBitsInAnotherProcess() throws DataException {
    open("encoder", 1 << 20).keep(KEY, VALUES);

    assertThat(open("encoder", 1 << 20).find(KEY)).contains(VALUES);
  }

  @Test
  void keepsMakersApart() throws DataException {
    open("encoder", 1 << 20).keep(KEY, VALUES);

    assertThat(open("another", 1 << 20).find(KEY)).isEmpty();
  }

  @Test
  void keepsNoMoreThanItsBound() throws Exception {
    FeatureStore store = open("encoder", 100);
    for (int i = 0; i < 10; i++) {
      store.keep(Sha256.hex("caption " + i), VALUES);
    }

    assertThat(bytes()).isEqualTo(4 * 24);
    assertThat(store.find(Sha256.hex("caption 3"))).isPresent();
    assertThat(store.find(Sha256.hex("caption 4"))).isEmpty();
    open("encoder", 100).keep(KEY, VALUES);
    assertThat(bytes()).as("what is there counts for a new process").isEqualTo(4 * 24);
  }

  @Test
  void takesADamagedFileForNone() throws Exception {
    FeatureStore store = open("encoder", 1 << 20);
    store.keep(KEY, VALUES);
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThat(store.find(KEY)).as("byte " + at).isEmpty();
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(store.find(KEY)).as("cut at " + at).isEmpty();
    }

    store.keep(KEY, VALUES);
    assertThat(store.find(KEY)).contains(VALUES);
  }

  @Test
  void saysHowToNameAnotherFolder() throws IOException {
    Path file = Files.createFile(root.resolve("file"));

    assertThatThrownBy(() -> FeatureStore.open(file, "encoder", 1))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("cache " + file)
        .hasMessageContaining("set the environment variable ISOFLOP_CACHE");
  }

  private FeatureStore open(String maker, long bound) throws DataException {
    return FeatureStore.open(root, maker, bound);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }
}
