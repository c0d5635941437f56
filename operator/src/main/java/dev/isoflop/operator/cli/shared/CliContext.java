package dev.isoflop.operator.cli.shared;

import dev.isoflop.operator.gpu.MachineGpus;
import java.time.Clock;
import java.util.Map;

/**
 * Environment of the commands.
 *
 * @param out where results go
 * @param err where messages go
 * @param processors for fits; their results do not depend on it
 * @param environment variables of this process
 * @param gpus of this machine
 */
public record CliContext(
    Console out,
    Console err,
    Clock clock,
    Release release,
    int processors,
    Map<String, String> environment,
    MachineGpus gpus) {

  public CliContext {
    environment = Map.copyOf(environment);
  }
}
