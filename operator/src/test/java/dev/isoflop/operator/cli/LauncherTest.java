package dev.isoflop.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code isoflop} in a checkout whose Maven and Java are scripts. */
@Timeout(60)
class LauncherTest {
  private final Path home;
  private final Path bin;

  LauncherTest(@TempDir Path folder) throws IOException {
    home = folder.resolve("checkout");
    bin = folder.resolve("bin");
    Files.createDirectories(bin);
    for (String module : List.of("crds", "laws", "worker", "operator")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(home.resolve("pom.xml"), "");
    Files.copy(Path.of("../isoflop"), home.resolve("isoflop"));
    Files.setPosixFilePermissions(
        home.resolve("isoflop"), PosixFilePermissions.fromString("rwxr-xr-x"));
    script(
        "mvn",
        "echo one >> builds; echo '[INFO] Building Isoflop: worker 1.0        [2/4]'; sleep 2;"
            + " mkdir -p operator/target/quarkus-app worker/target; touch"
            + " operator/target/quarkus-app/quarkus-run.jar worker/target/isoflop-worker.jar");
    java("17.0.2");
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void java(String version) throws IOException {
    script(
        "java",
        "if [ \"$1\" = -version ]; then echo 'openjdk version \""
            + version
            + "\" 2022-01-18' >&2; else echo \"ran $*\"; fi");
  }

  private Process start(Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("isoflop").toString(), "plan", "a b.yaml")
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return text;
  }

  @Test
  void twoCommandsOnAStaleTreeBuildOnce() throws Exception {
    Process first = start(Map.of());
    Process second = start(Map.of());
    String both = output(first) + output(second);

    assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(1);
    assertThat(both).containsOnlyOnce("another command is building; waiting for it");
    assertThat(both.lines().filter(line -> line.startsWith("ran "))).hasSize(2);
    assertThat(first.exitValue()).isZero();
    assertThat(second.exitValue()).isZero();
  }

  @Test
  void theFirstBuildSaysWhatItFetchesAndWhatItIsAt() throws Exception {
    assertThat(output(start(Map.of())))
        .contains("for the first time", "MB", "2/4 Isoflop: worker", "isoflop: built in ")
        .contains("-Disoflop.command=" + home.resolve("isoflop"));
    assertThat(output(start(Map.of()))).startsWith("ran ").doesNotContain("building");
  }

  @Test
  void aJavaHomeWithoutAJavaIsNamed() throws Exception {
    Process process = start(Map.of("JAVA_HOME", "/nonexistent"));

    assertThat(output(process)).startsWith("isoflop: JAVA_HOME is /nonexistent, which holds no");
    assertThat(process.exitValue()).isEqualTo(2);
  }

  @Test
  void anOldJavaIsCalledByItsName() throws Exception {
    java("1.8.0_292");

    assertThat(output(start(Map.of()))).contains("is Java 8; install a JDK 17 or newer");
  }
}
