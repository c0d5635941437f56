package dev.isoflop.operator.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigCheckTest {
  private static final String GOOD =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443"}}]
      users: [{name: u, user: {token: abc}}]
      contexts: [{name: lab, context: {cluster: c, user: u}}]
      current-context: lab
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("config");
  }

  private void isRefused(String text, String... words) throws IOException {
    Files.writeString(file, text);
    ClusterFault fault = new KubeconfigCheck(List.of(file), "").fault().orElseThrow();

    assertThat(fault.kind()).isEqualTo(ClusterFault.Kind.Configuration);
    assertThat(fault.message()).startsWith(file + ": ").contains(words).doesNotContain("\n");
  }

  @Test
  void aGoodFileIsNoFault() throws IOException {
    Files.writeString(file, GOOD);

    assertThat(new KubeconfigCheck(List.of(file), "").fault()).isEmpty();
  }

  @Test
  void filesThatAreNotThereAreSkippedAsByKubectl() throws IOException {
    Files.writeString(file, GOOD);

    assertThat(new KubeconfigCheck(List.of(folder.resolve("none"), file), "").fault()).isEmpty();
  }

  @Test
  void partsMayStandInSeveralFiles() throws IOException {
    Path other = folder.resolve("other");
    Files.writeString(file, "current-context: lab\n");
    Files.writeString(other, GOOD.replace("current-context: lab\n", ""));

    assertThat(new KubeconfigCheck(List.of(file, other), "").fault()).isEmpty();
  }

  @Test
  void whatIsNoYamlIsRefused() throws IOException {
    isRefused(": : bad", "is not a valid kubeconfig: ");
  }

  @Test
  void whatIsAnotherDocumentIsRefused() throws IOException {
    isRefused("[1, 2]", "is not a valid kubeconfig: ");
  }

  @Test
  void aFileWithoutACurrentContextIsRefused() throws IOException {
    isRefused(
        GOOD.replace("current-context: lab\n", ""),
        "names no current-context",
        "kubectl config use-context");
  }

  @Test
  void aContextThatIsNotThereIsRefused() throws IOException {
    isRefused(GOOD.replace("current-context: lab", "current-context: old"), "no context 'old'");
  }

  @Test
  void aClusterWithoutAServerIsRefused() throws IOException {
    isRefused(
        GOOD.replace("cluster: c,", "cluster: gone,"), "no server for the cluster 'gone'", "'lab'");
  }

  @Test
  void aUserWhoIsNotThereIsRefused() throws IOException {
    isRefused(GOOD.replace("user: u}", "user: gone}"), "no credentials of the user 'gone'");
  }

  @Test
  void aCredentialPluginThatIsNotThereIsRefused() throws IOException {
    isRefused(
        GOOD.replace(
            "{token: abc}",
            "{exec: {apiVersion: client.authentication.k8s.io/v1, command: cloud-login}}"),
        "from the program 'cloud-login', which is not there");
  }

  @Test
  void aCredentialPluginOnThePathIsFound() throws IOException {
    Path program = Files.createFile(folder.resolve("cloud-login"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(file, GOOD.replace("{token: abc}", "{exec: {command: cloud-login}}"));

    assertThat(new KubeconfigCheck(List.of(file), folder.toString()).fault()).isEmpty();
  }
}
