package dev.isoflop.operator.local;

import dev.isoflop.operator.local.run.ProgressListener;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a listener is told. */
public final class RecordedProgress implements ProgressListener {
  final List<SweepSnapshot> snapshots = new ArrayList<>();
  public final List<SweepEvent> events = new ArrayList<>();

  @Override
  public void progress(SweepSnapshot snapshot) {
    snapshots.add(snapshot);
  }

  @Override
  public void event(SweepEvent event) {
    events.add(event);
  }

  public <T extends SweepEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  public List<String> notices() {
    return events(SweepEvent.Notice.class).stream().map(SweepEvent.Notice::message).toList();
  }
}
