package dev.isoflop.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedTorchScriptTest {
  private static final String FIELD = "data.textEncoder";

  @TempDir Path folder;
  private PtNDManager manager;

  @BeforeEach
  void start() {
    manager = TorchRuntime.start(1).newManager();
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  @Test
  void runsAFileSavedByPythonInEvaluationMode() throws Exception {
    Path file = fixture("doubler.pt");
    try (TorchModule module =
            PinnedTorchScript.load(manager, file.toUri().toString(), digest(file), FIELD);
        NDArray x = manager.create(new float[] {1, 2, 3});
        IValue argument = IValue.from((PtNDArray) x);
        IValue result = module.infer("forward", argument);
        NDArray y = result.toTensor(manager)) {
      assertThat(y.toFloatArray()).containsExactly(2.5f, 4.5f, 6.5f);
    }
  }

  @Test
  void refusesBytesWithAnotherDigestBeforeTheyRun() throws IOException {
    Path file = fixture("doubler.pt");
    String wrong = "0".repeat(64);

    assertThatThrownBy(() -> PinnedTorchScript.load(manager, file.toString(), wrong, FIELD))
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.kind()).isEqualTo(Kind.Setting))
        .hasMessage(
            "data.textEncoder.sha256: '%s' has the digest %s, not %s;"
                    .formatted(file, digest(file), wrong)
                + " if you trust the file as it is now, write its digest into the manifest");
  }

  @Test
  void refusesWeightsWithoutCode() throws IOException {
    Path file = fixture("weights.pt");

    assertThatThrownBy(() -> PinnedTorchScript.load(manager, file.toString(), digest(file), FIELD))
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.kind()).isEqualTo(Kind.Corrupt))
        .hasMessageStartingWith("data.textEncoder.uri: libtorch cannot load '" + file + "' (")
        .hasMessageEndingWith("give a file written by torch.jit.save, not by torch.save");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path file = folder.resolve("none.pt");

    assertThatThrownBy(() -> PinnedTorchScript.load(manager, file.toString(), "", FIELD))
        .hasMessage("data.textEncoder.uri: no file '" + file + "'; check the path and the mount");
  }

  @Test
  void refusesAnAddressThatIsNotAFile() {
    assertThatThrownBy(
            () -> PinnedTorchScript.load(manager, "s3://bucket/clip.pt", "0".repeat(64), FIELD))
        .hasMessage(
            "data.textEncoder.uri: 's3://bucket/clip.pt' is not on this machine's file system;"
                + " mount or copy it and give its path or a file: URI");
  }

  @Test
  void leavesNoCopyBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path file = fixture("doubler.pt");
    PinnedTorchScript.load(manager, file.toString(), digest(file), FIELD, temporary).close();

    assertThat(temporary).isEmptyDirectory();
  }

  private Path fixture(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream input =
        Objects.requireNonNull(PinnedTorchScriptTest.class.getResourceAsStream(name), name)) {
      Files.copy(input, file);
    }
    return file;
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = Sha256.start();
    digest.update(Files.readAllBytes(file));
    return Sha256.finish(digest).substring("sha256:".length());
  }
}
