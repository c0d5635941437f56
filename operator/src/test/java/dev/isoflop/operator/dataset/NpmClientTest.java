package dev.isoflop.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against stand-ins for npm that are shell scripts. */
final class NpmClientTest {
  private static final PackagePin PIN = new PackagePin("emoji", "1.2.3", 4, "", "", "");

  private final Path folder;

  NpmClientTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void asksForTheVersionAndNamesTheArchive() throws Exception {
    NpmClient client = client("echo \"$@\" > asked; printf good > emoji-1.2.3.tgz");

    assertThat(client.fetch(PIN, folder)).hasContent("good").hasParent(folder);
    assertThat(folder.resolve("asked"))
        .hasContent("pack emoji@1.2.3 --ignore-scripts --loglevel=error\n");
  }

  @Test
  void saysHowToDoWithoutNpm() {
    NpmClient client = new NpmClient("no-such-npm", Duration.ofSeconds(10));

    assertThatThrownBy(() -> client.fetch(PIN, folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("cannot run 'no-such-npm'")
        .hasMessageContaining("install Node.js, which brings npm, or fetch emoji-1.2.3.tgz");
  }

  @Test
  void showsWhatNpmComplainedAbout() throws IOException {
    NpmClient client = client("echo 'npm error 404 Not Found'; exit 7");

    assertThatThrownBy(() -> client.fetch(PIN, folder))
        .hasMessageContaining("pack emoji@1.2.3' ended with exit code 7")
        .hasMessageContaining("npm error 404 Not Found");
  }

  @Test
  void noticesWhenNoArchiveCame() throws IOException {
    NpmClient client = client("exit 0");

    assertThatThrownBy(() -> client.fetch(PIN, folder))
        .hasMessageContaining("ended with exit code 0");
  }

  @Test
  void doesNotWaitForEver() throws IOException {
    NpmClient hanging = new NpmClient(script("exec sleep 60"), Duration.ofSeconds(1));

    assertThatThrownBy(() -> hanging.fetch(PIN, folder))
        .hasMessageContaining("did not end within 1 s");
  }

  private NpmClient client(String body) throws IOException {
    return new NpmClient(script(body), Duration.ofSeconds(60));
  }

  private String script(String body) throws IOException {
    Path script = folder.resolve("npm");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }
}
