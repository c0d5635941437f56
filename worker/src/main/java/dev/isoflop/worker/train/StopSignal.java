package dev.isoflop.worker.train;

/** Whether someone asked the trial to stop; looked at between steps. */
@FunctionalInterface
public interface StopSignal {
  boolean requested();
}
