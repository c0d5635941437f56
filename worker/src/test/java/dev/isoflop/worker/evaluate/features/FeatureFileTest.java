package dev.isoflop.worker.evaluate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFileTest {
  @TempDir private Path folder;
  private final PtNDManager manager = TorchRuntime.start(1).newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private Path written() throws IOException {
    Path file = folder.resolve("features.f32");
    try (FeatureFile.Writer writer = new FeatureFile.Writer(file);
        PtNDArray two = rows(2, 1, 2, 3, 4, 5, 6);
        PtNDArray one = rows(1, -7, 0.5f, 9)) {
      writer.add(two);
      writer.add(one);
      writer.finish();
    }
    return file;
  }

  private PtNDArray rows(int count, float... values) {
    return (PtNDArray) manager.create(values, new Shape(count, values.length / count));
  }

  @Test
  void givesBackAnyRows() throws IOException {
    try (FeatureFile file = FeatureFile.open(written());
        PtNDArray part = file.read(manager, 1, 3)) {
      assertThat(file.count()).isEqualTo(3);
      assertThat(file.dimensions()).isEqualTo(3);
      assertThat(part.getShape()).isEqualTo(new Shape(2, 3));
      assertThat(part.toFloatArray()).containsExactly(4, 5, 6, -7, 0.5f, 9);
    }
  }

  @Test
  void refusesAFileThatIsCutOffAnywhere() throws IOException {
    Path file = written();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> FeatureFile.open(file))
          .isInstanceOf(IOException.class)
          .hasMessage(file + " is not a whole file of features");
    }
  }

  @Test
  void refusesAFileOfWhichABitIsAnother() throws IOException {
    Path file = written();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThat(FeatureFile.find(file)).as("byte " + at).isEmpty();
    }
    assertThat(whole).hasSizeGreaterThan(40);
  }

  @Test
  void writesThroughNoLink() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "untouched");
    Files.createSymbolicLink(folder.resolve("features.f32"), victim);
    Path file = written();

    assertThat(victim).hasContent("untouched");
    try (FeatureFile read = FeatureFile.open(file)) {
      assertThat(read.count()).isEqualTo(3);
    }
  }

  @Test
  void refusesRowsOfAnotherLength() throws IOException {
    try (FeatureFile.Writer writer = new FeatureFile.Writer(folder.resolve("other.f32"));
        PtNDArray three = rows(1, 1, 2, 3);
        PtNDArray two = rows(1, 1, 2)) {
      writer.add(three);
      assertThatThrownBy(() -> writer.add(two)).hasMessage("2 features after 3");
    }
  }
}
