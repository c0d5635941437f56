package dev.isoflop.operator.cli.operator;

/** Runs the operator of a Kubernetes cluster. */
@FunctionalInterface
public interface OperatorRunner {

  /** Runs until someone asks this program to stop; returns its exit status. */
  int run(OperatorOptions options);
}
