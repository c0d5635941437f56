package dev.isoflop.worker.data.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.Examples;
import dev.isoflop.worker.data.Fixtures;
import dev.isoflop.worker.data.Latents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsDatasetTest {
  @TempDir Path folder = Path.of("");

  @Test
  void readsHalvesWithLabels() throws Exception {
    Dataset data = Latents.open(set("half", LatentType.Float16, null), Latents.HASHED);
    List<Example> examples = Examples.take(data.evaluation(6), 6);

    for (int i = 0; i < 6; i++) {
      Latents.assertIs(examples.get(i), i);
      assertThat(examples.get(i).caption()).isEqualTo("class " + i % 3);
    }
    Latents.assertResumes(data);
  }

  @Test
  void readsBfloatsWithTextFeatures() throws Exception {
    Dataset data = Latents.open(set("bfloat", LatentType.BFloat16, null), Latents.STORED);
    List<Example> examples = Examples.take(data.evaluation(6), 6);

    assertThat(examples.get(5).caption()).isEmpty();
    for (int i = 0; i < 6; i++) {
      Latents.assertText(examples.get(i), i, 3);
      for (int at = 0; at < 64; at++) { // eight bits of precision
        float value = Fixtures.latent(i, at);
        assertThat(Math.abs(examples.get(i).image()[at] - value))
            .isLessThanOrEqualTo(Math.abs(value) / 256);
      }
    }
  }

  @Test
  void saysWhichTensorsThereAre() {
    ColumnsSpec columns = new ColumnsSpec("z", null, null);

    assertThatThrownBy(
            () ->
                Latents.open(set("half", LatentType.Float16, columns), Latents.HASHED)
                    .evaluation(1))
        .hasMessageContaining("its tensors are [")
        .hasMessageContaining("latents")
        .hasMessageContaining("name one under columns.input");
    assertThatThrownBy(
            () ->
                Latents.open(set("bfloat", LatentType.BFloat16, null), Latents.HASHED)
                    .evaluation(1))
        .hasMessageContaining("has no tensor of numbers of classes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1000000000, 4, 4, 4]|[0, 128]",
        "[1, 1000000000, 1000000000, 4]|[0, 128]",
        "[1, 4, 4, 4]|[0, 127]",
        "[1, 4, 4, 4]|[-128, 0]",
        "[1, 4, 4, 4]|[9223372036854775807, -9223372036854775681]",
        "[1, 4, 4, 4]|[1, 129]",
        "[-1, -4, 4, 4]|[0, 128]",
        "[1.5, 4, 4, 4]|[0, 128]"
      })
  void aHeaderThatDisagreesWithItsFileTakesNoMemory(String shapeAndPlace) throws Exception {
    String[] parts = shapeAndPlace.split("\\|", -1);
    String header =
        "{\"latents\":{\"dtype\":\"F16\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(parts[0], parts[1]);
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    Files.write(
        folder.resolve("x.safetensors"),
        ByteBuffer.allocate(8 + text.length + 128)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .array());

    assertFault();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1 << 30, Long.MAX_VALUE, Long.MIN_VALUE})
  void aLengthThatCannotBeTakesNoMemory(long length) throws Exception {
    Files.write(
        folder.resolve("x.safetensors"),
        ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());

    assertFault();
  }

  private void assertFault() {
    DatasetSpec set =
        Latents.set(
            folder + "/x.safetensors",
            DataFormat.Safetensors,
            Latents.spec(LatentKind.Sample, LatentType.Float16),
            null);
    assertThatThrownBy(() -> Latents.open(set, Latents.HASHED).evaluation(1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not a whole safetensors file");
  }

  private static DatasetSpec set(String name, LatentType type, @Nullable ColumnsSpec columns) {
    return Latents.set(
        Fixtures.path("safetensors/" + name + ".safetensors").toString(),
        DataFormat.Safetensors,
        Latents.spec(LatentKind.Sample, type),
        columns);
  }
}
