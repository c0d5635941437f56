package dev.isoflop.worker.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyDatasetTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"edm2", "edm2.zip"})
  void readsWhatEdm2Writes(String name) throws Exception {
    Dataset data = Latents.open(set(Fixtures.path("npy/" + name)), Latents.HASHED);
    List<Example> examples = Examples.take(data.evaluation(6), 6);

    assertThat(data.size()).hasValue(6);
    Latents.assertIs(examples.get(0), 0); // its standard deviations are zero
    assertThat(Examples.captions(examples))
        .containsExactly("class 0", "class 1", "class 2", "class 0", "class 1", "class 2");
    assertDrawn(examples.get(4), 4);
    Latents.assertResumes(data);
  }

  @Test
  void folderAndArchiveHoldTheSameExamples() throws Exception {
    Dataset unpacked = Latents.open(set(Fixtures.path("npy/edm2")), Latents.HASHED);
    Dataset packed = Latents.open(set(Fixtures.path("npy/edm2.zip")), Latents.HASHED);
    List<Example> one = Examples.take(unpacked.train(3, 5), 9);
    List<Example> two = Examples.take(packed.train(3, 5), 9);

    for (int i = 0; i < 9; i++) {
      assertThat(one.get(i).image()).isEqualTo(two.get(i).image());
    }
  }

  @Test
  void namedClassesAreCaptions() throws Exception {
    DatasetSpec named =
        new DatasetSpec(
            "latents",
            Fixtures.path("npy/edm2").toString(),
            DataFormat.Npy,
            List.of("cat", "dog", "hen"),
            Latents.spec(LatentKind.MeanStd, LatentType.Float32),
            null);

    Dataset data = Latents.open(named, Latents.HASHED);
    assertThat(Examples.captions(Examples.take(data.evaluation(3), 3)))
        .containsExactly("cat", "dog", "hen");
  }

  @Test
  void readsWhatPixArtWrites() throws Exception {
    Dataset data = Latents.open(set(Fixtures.path("npy/pixart")), Latents.STORED);
    List<Example> examples = Examples.take(data.evaluation(6), 6);

    for (int i = 0; i < 6; i++) {
      assertThat(examples.get(i).caption()).isEqualTo("number " + i);
      Latents.assertText(examples.get(i), i, 2); // the mask leaves two of three tokens
    }
    Latents.assertIs(examples.get(0), 0);
    Latents.assertResumes(data);
  }

  /** 0.npy to 10.npy of latents [1, 4, 4, 4] and of one label each, as extract_features.py does. */
  @Test
  void readsWhatFastDitExtracts() throws Exception {
    Path features = Files.createDirectories(folder.resolve("imagenet256_features"));
    Path labels = Files.createDirectories(folder.resolve("imagenet256_labels"));
    for (int i = 0; i < 11; i++) {
      Files.write(features.resolve(i + ".npy"), Npys.latent(i));
      Files.write(labels.resolve(i + ".npy"), Npys.label(i % 4));
    }
    Dataset data = Latents.open(plain(folder), Latents.HASHED);
    List<Example> examples = Examples.take(data.evaluation(11), 11);

    for (int i = 0; i < 11; i++) {
      Latents.assertIs(examples.get(i), i);
      assertThat(examples.get(i).caption()).isEqualTo("class " + i % 4);
    }
    Latents.assertResumes(data);
    String digest = data.digest();
    Files.write(labels.resolve("3.npy"), Npys.label(7));
    assertThat(Latents.open(plain(folder), Latents.HASHED).digest()).isNotEqualTo(digest);
    Files.delete(labels.resolve("3.npy"));
    assertThatThrownBy(() -> Examples.take(data.evaluation(11), 11))
        .hasMessageContaining("entry imagenet256_labels/3.npy: is not there");
  }

  @Test
  void aListWithoutLabelsIsOfEveryFileWithoutACaption() throws Exception {
    Files.writeString(folder.resolve("dataset.json"), "{\"labels\": null}");
    Files.createDirectories(folder.resolve("00000"));
    for (int i = 0; i < 3; i++) {
      Files.write(folder.resolve("00000/img%d.npy".formatted(i)), Npys.latent(i));
    }
    List<Example> examples =
        Examples.take(Latents.open(plain(folder), Latents.HASHED).evaluation(3), 3);

    assertThat(Examples.captions(examples)).containsExactly("", "", "");
    Latents.assertIs(examples.get(2), 2);
  }

  private static DatasetSpec plain(Path root) {
    return Latents.set(
        root.toString(), DataFormat.Npy, Latents.spec(LatentKind.Sample, LatentType.Float32), null);
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    assertThatThrownBy(() -> Latents.open(set(folder), Latents.HASHED))
        .hasMessageContaining(
            "holds neither dataset.json (EDM2, REPA) nor partition/data_info.json");
    DatasetSpec unknown =
        new DatasetSpec("x", Fixtures.path("npy/edm2").toString(), DataFormat.Npy);
    assertThatThrownBy(() -> Latents.open(unknown, Latents.HASHED))
        .hasMessageStartingWith(
            "data.train.latents: is missing, and files of format Npy do not say what they hold");
    assertThatThrownBy(() -> Latents.open(set(Fixtures.path("npy/edm2")), Latents.STORED))
        .hasMessageContaining("has labels and no text features");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret.npy", "/etc/passwd", "a/../../b.npy", "a//b.npy", "a\\\\..\\\\b", ""})
  void aListNamesNoFileOutsideItsFolder(String name) throws Exception {
    Files.writeString(folder.resolve("dataset.json"), "{\"labels\": [[\"" + name + "\", 0]]}");

    assertThatThrownBy(() -> Latents.open(set(folder), Latents.HASHED))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("which is not below its folder");
  }

  @Test
  void aFileThatIsMissingIsNamed() throws Exception {
    Files.writeString(folder.resolve("dataset.json"), "{\"labels\": [[\"a.npy\", 0]]}");
    Dataset data = Latents.open(set(folder), Latents.HASHED);

    assertThatThrownBy(() -> Examples.take(data.evaluation(1), 1))
        .hasMessageContaining("entry a.npy: is not there");
  }

  @Test
  void anyChangedNumberInAnArchiveIsFound() throws Exception {
    byte[] content = Fixtures.bytes("npy/edm2.zip");
    content[500] ^= 1; // among the latents of the first picture
    Path archive = Files.write(folder.resolve("changed.zip"), content);
    Dataset data = Latents.open(set(archive), Latents.HASHED);

    assertThatThrownBy(() -> Examples.take(data.evaluation(1), 1))
        .hasMessageContaining(
            "00000/img-mean-std-00000000.npy: its checksum is wrong; copy the archive again");
  }

  @Test
  void theDigestFollowsTheContent() throws Exception {
    Files.writeString(folder.resolve("dataset.json"), "{\"labels\": [[\"a.npy\", 0]]}");
    Files.writeString(folder.resolve("a.npy"), "one");
    String one = Latents.open(set(folder), Latents.HASHED).digest();
    Files.writeString(folder.resolve("a.npy"), "two");

    assertThat(Latents.open(set(folder), Latents.HASHED).digest()).isNotEqualTo(one);
  }

  /** Within six of the stored deviations of n / 4 around the mean, and not at it. */
  private static void assertDrawn(Example example, int sample) {
    boolean differs = false;
    for (int i = 0; i < 64; i++) {
      float distance = Math.abs(example.image()[i] - Fixtures.latent(sample, i));
      assertThat(distance).isLessThan(6 * sample / 4f);
      differs |= distance > 0.01f;
    }
    assertThat(differs).isTrue();
  }

  private static DatasetSpec set(Path path) {
    return Latents.set(
        path.toString(),
        DataFormat.Npy,
        Latents.spec(LatentKind.MeanStd, LatentType.Float32),
        null);
  }
}
