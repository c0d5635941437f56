package dev.isoflop.operator.local.run;

/** Is told how a run goes, on the run's own thread: whatever it does should be quick. */
public interface ProgressListener {

  /** Takes the present state; called after each decision, and about once a second. */
  void progress(SweepSnapshot snapshot);

  /** Something has happened. */
  void event(SweepEvent event);

  /** A listener that does not care. */
  static ProgressListener none() {
    return new ProgressListener() {
      @Override
      public void progress(SweepSnapshot snapshot) {}

      @Override
      public void event(SweepEvent event) {}
    };
  }
}
