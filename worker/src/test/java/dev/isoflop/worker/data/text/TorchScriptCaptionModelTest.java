package dev.isoflop.worker.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.worker.PinnedFiles;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are written by {@code src/test/python/torchscript_fixtures.py}. */
public final class TorchScriptCaptionModelTest {
  private static final int TOKENS = 6;
  private static final int WIDTH = 3;

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void copyFixtures() throws IOException {
    file = PinnedFiles.copy(TorchScriptCaptionModelTest.class, "encoder.pt", folder);
    PinnedFiles.copy(TorchScriptCaptionModelTest.class, "tokenizer.json", folder);
  }

  /** Tokens of "a Red apple": 2 4 5 7 3, their mean 4.2; feature k is id + 4.2 + 100 k. */
  @Test
  void givesWhatPythonGivesAndZerosAtPadding() throws Exception {
    try (TextEncoder encoder = open(TOKENS, WIDTH)) {
      float[] features = new float[TOKENS * WIDTH];
      encoder.encode("a Red apple", features, 0);

      assertThat(features)
          .containsExactly(
              6.2f, 106.2f, 206.2f, 8.2f, 108.2f, 208.2f, 9.2f, 109.2f, 209.2f, 11.2f, 111.2f,
              211.2f, 7.2f, 107.2f, 207.2f, 0, 0, 0);
    }
  }

  @Test
  void cutsLongCaptionsAndKeepsTheirEndMark() throws Exception {
    try (TextEncoder encoder = open(TOKENS, WIDTH)) {
      float[] features = new float[TOKENS * WIDTH];
      encoder.encode("a red red apple green green picture", features, 0);

      // 2 4 5 5 7 3: mean 26 / 6
      assertThat(features[0]).isEqualTo(2 + 26f / 6);
      assertThat(features[15]).isEqualTo(3 + 26f / 6);
    }
  }

  @Test
  void theDigestCoversNetworkTokenizerAndShape() throws Exception {
    String digest;
    try (TextEncoder encoder = open(TOKENS, WIDTH)) {
      digest = encoder.digest();
    }
    Path json = folder.resolve("tokenizer.json");
    Files.writeString(json, Files.readString(json).replace("\"apple\": 7", "\"apple\": 6"));
    try (TextEncoder encoder = open(TOKENS, WIDTH)) {
      assertThat(encoder.digest())
          .isNotEqualTo(digest)
          .startsWith("torchscript-sha256:" + PinnedFiles.sha256(file) + "-tokenizer-sha256:");
    }
  }

  @Test
  void namesTheFieldsOfAnotherShape() {
    assertThatThrownBy(() -> open(TOKENS, 4))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data.textEncoder.uri: the file's method forward gives (1, 6, 3) instead of (1, 6, 4),"
                + " that is 1 x data.textEncoder.tokens x data.textEncoder.width; export it as"
                + " docs/text-and-autoencoders.md shows");
  }

  @Test
  void asksForTheTokenizer() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> open(TOKENS, WIDTH))
        .hasMessageStartingWith(
            "data.textEncoder.uri: there is no '" + folder.resolve("tokenizer.json"));

    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    assertThatThrownBy(() -> open(TOKENS, WIDTH)).hasMessageContaining("is not a tokenizer (");
  }

  private TextEncoder open(int tokens, int width) throws DataException, IOException {
    TextEncoderSpec spec =
        new TextEncoderSpec(
            TextEncoderType.TorchScript, tokens, width, file.toString(), PinnedFiles.sha256(file));
    return TextEncoders.open(
        spec,
        new DataEnvironment(
            () -> TorchRuntime.start(1), new CacheSettings(folder.resolve("cache"), 1 << 20)));
  }
}
