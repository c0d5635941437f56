package dev.isoflop.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The commands that stand in a section of a document, as {@code helm/follow.sh} runs them. */
final class DocumentedCommands {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private DocumentedCommands() {}

  /**
   * In their order, each in one line without the prompt.
   *
   * @param document from the root, such as {@code README.md}
   */
  static List<String> of(String document, String section) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("helm/follow.sh", "--print", document, section)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
