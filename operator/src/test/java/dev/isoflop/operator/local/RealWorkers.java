package dev.isoflop.operator.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isoflop.operator.local.process.ProcessWorkerLauncher;
import dev.isoflop.operator.local.process.WorkerProgram;
import dev.isoflop.operator.local.store.LocalFaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** The worker program as module {@code worker} packages it, started as the product starts it. */
public final class RealWorkers {
  private static final Path JAR = Path.of("..", "worker", "target", "isoflop-worker.jar");

  private RealWorkers() {}

  /** Its launcher; where the jar was not built, the test is skipped and says so. */
  public static ProcessWorkerLauncher launcher() throws LocalFaultException {
    return new ProcessWorkerLauncher(program(), Clock.systemUTC());
  }

  public static WorkerProgram program() throws LocalFaultException {
    assumeTrue(
        Files.exists(JAR),
        "the worker program is not built; mvn verify, or mvn -pl worker -am package, builds it");
    return WorkerProgram.jar(WorkerProgram.thisJava(), JAR);
  }
}
