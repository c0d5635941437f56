package dev.isoflop.operator.cli.progress;

import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;

/** Says what runs before the first word on how it goes; a run that is refused is not announced. */
public final class AnnouncedProgress implements RunProgress {
  private final RunProgress progress;
  private final Runnable announcement;
  private boolean announced;

  public AnnouncedProgress(RunProgress progress, Runnable announcement) {
    this.progress = progress;
    this.announcement = announcement;
  }

  @Override
  public void event(SweepEvent event) {
    announce();
    progress.event(event);
  }

  @Override
  public void progress(SweepSnapshot snapshot) {
    announce();
    progress.progress(snapshot);
  }

  @Override
  public void end() {
    progress.end();
  }

  private void announce() {
    if (!announced) {
      announced = true;
      announcement.run();
    }
  }
}
