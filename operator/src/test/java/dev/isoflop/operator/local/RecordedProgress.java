package dev.isoflop.operator.local;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a listener is told. */
final class RecordedProgress implements ProgressListener {
  final List<SweepSnapshot> snapshots = new ArrayList<>();
  final List<SweepEvent> events = new ArrayList<>();

  @Override
  public void progress(SweepSnapshot snapshot) {
    snapshots.add(snapshot);
  }

  @Override
  public void event(SweepEvent event) {
    events.add(event);
  }

  <T extends SweepEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<String> notices() {
    return events(SweepEvent.Notice.class).stream().map(SweepEvent.Notice::message).toList();
  }
}
