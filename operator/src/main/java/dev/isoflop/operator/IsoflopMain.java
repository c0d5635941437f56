package dev.isoflop.operator;

import dev.isoflop.operator.cli.Commands;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.Release;
import dev.isoflop.operator.cli.shared.TerminalSize;
import dev.isoflop.operator.cli.text.Ink;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.gpu.MachineGpus;
import dev.isoflop.operator.gpu.NvidiaSmi;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** The program as a process. */
@QuarkusMain
public final class IsoflopMain {
  private IsoflopMain() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String... arguments) {
    Locale.setDefault(Locale.ROOT);
    CliContext surroundings =
        new CliContext(
            console(FileDescriptor.out, "stdout"),
            console(FileDescriptor.err, "stderr"),
            Clock.systemUTC(),
            Release.ofThisBuild(),
            Runtime.getRuntime().availableProcessors(),
            System.getenv(),
            new MachineGpus(new NvidiaSmi("nvidia-smi"), System.getenv()));
    Optional<Path> workerJar =
        Optional.ofNullable(System.getProperty("isoflop.worker")).map(Path::of);
    System.exit(Commands.of(surroundings, workerJar, OperatorProcess::run).execute(arguments));
  }

  /** Java cannot tell which of its streams are terminals; the launcher can. */
  private static Console console(FileDescriptor descriptor, String name) {
    String terminals = System.getProperty("isoflop.terminals", "");
    boolean terminal = terminals.contains(name);
    boolean colour = terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
    PrintStream stream = new PrintStream(new FileOutputStream(descriptor), true, charset);
    Ink ink = colour && !dumb ? Ink.COLOUR : Ink.PLAIN;
    Layout layout =
        terminal && !dumb
            ? new Layout(ink, new TerminalSize(Clock.systemUTC(), System.getenv()).get().columns())
            : Layout.unbounded(ink);
    return new Console(stream, terminal && !dumb, layout);
  }
}
