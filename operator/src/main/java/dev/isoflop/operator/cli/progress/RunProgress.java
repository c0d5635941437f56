package dev.isoflop.operator.cli.progress;

import dev.isoflop.operator.local.run.ProgressListener;

/** Shows a run. */
public interface RunProgress extends ProgressListener {

  /** Shows no more; to be called before anything else is printed. */
  void end();
}
