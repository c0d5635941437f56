package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The worker program as a process of the test class path, its output in a log beside the trial. */
final class WorkerProcess implements AutoCloseable {
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto");

  /** Surefire hides the class path in a jar, and tells it in a property of its own. */
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private static final int SIGNAL = 128;
  private static final int SIGKILL = 9;

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it with arguments; its log lies in {@code folder} and tells of this process alone. */
  static WorkerProcess start(Path folder, String... arguments) throws IOException {
    return start(Map.of(), folder, arguments);
  }

  /** The same with further environment variables. */
  static WorkerProcess start(Map<String, String> environment, Path folder, String... arguments)
      throws IOException {
    Path log = folder.resolve("worker.log");
    Path classPath = folder.resolve("worker.arguments");
    Files.writeString(classPath, "-cp \"" + CLASS_PATH + "\"\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK_START);
    command.add("@" + classPath);
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("ISOFLOP_CACHE", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    return new WorkerProcess(builder.start(), log);
  }

  /** Waits until something holds, which must come before the worker's end. */
  void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      assertThat(process.isAlive()).as("the worker still runs: %s", log()).isTrue();
      Thread.sleep(1);
    }
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** SIGTERM, as Kubernetes sends before it kills. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL to a worker that must still run. */
  void kill() throws InterruptedException, IOException {
    process.destroyForcibly().waitFor();
    assertThat(process.exitValue()).as(log()).isEqualTo(SIGNAL + SIGKILL);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** The lines that say what is wrong. */
  List<String> errors() throws IOException {
    return log().lines().filter(line -> line.startsWith("error: ")).toList();
  }

  /** Leaves no process behind when a test fails. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
