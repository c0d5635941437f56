package dev.isoflop.operator.cli;

import dev.isoflop.operator.local.run.ProgressListener;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;

/** Does something once, while a run has its folder. */
public final class FirstProgress implements ProgressListener {
  private final ProgressListener listener;
  private final Runnable action;
  private boolean done;

  public FirstProgress(ProgressListener listener, Runnable action) {
    this.listener = listener;
    this.action = action;
  }

  @Override
  public void progress(SweepSnapshot snapshot) {
    listener.progress(snapshot);
    if (!done) {
      done = true;
      action.run();
    }
  }

  @Override
  public void event(SweepEvent event) {
    listener.event(event);
  }
}
