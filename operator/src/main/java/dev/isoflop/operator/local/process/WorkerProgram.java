package dev.isoflop.operator.local.process;

import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.trial.TrialFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts a worker.
 *
 * @param java the Java launcher
 * @param flags of the virtual machine
 * @param program what it runs: {@code -jar} and a file, or a class path and a main class
 */
public record WorkerProgram(Path java, List<String> flags, List<String> program) {
  /** Workers keep their heaps small: what is large lives in the tensor library. */
  private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xshare:auto");

  public WorkerProgram {
    flags = List.copyOf(flags);
    program = List.copyOf(program);
  }

  /**
   * The worker's jar, started for short work beside other workers.
   *
   * @throws LocalFaultException if Java or the jar is missing
   */
  public static WorkerProgram jar(Path java, Path jar) throws LocalFaultException {
    if (!Files.isExecutable(java)) {
      throw new LocalFaultException(
          java + ": is not an executable Java; install a Java 17 or point JAVA_HOME at one");
    }
    if (!Files.isReadable(jar)) {
      throw new LocalFaultException(
          jar + ": the worker program is not there; build it with mvn package");
    }
    return new WorkerProgram(java, FLAGS, List.of("-jar", jar.toAbsolutePath().toString()));
  }

  /** The Java that runs this program. */
  public static Path thisJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The command line of a trial's worker; reports of a crashed machine stay in its folder. */
  List<String> command(TrialFolder folder) {
    List<String> command = new ArrayList<>(command(folder.file(TrialFiles.CONFIG).toString()));
    command.add(1, "-XX:ErrorFile=" + folder.file("crash-%p.log"));
    return command;
  }

  /** The command line of a worker with other arguments. */
  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(flags);
    command.addAll(program);
    command.addAll(List.of(arguments));
    return command;
  }
}
