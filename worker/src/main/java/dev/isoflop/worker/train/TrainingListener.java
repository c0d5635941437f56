package dev.isoflop.worker.train;

/** Is told of a trial's training as it happens, on the training thread. */
public interface TrainingListener {
  void stepDone(TrainingCurve.Row row, StepTime time);

  void checkpointWritten(long step);

  /** Tells one listener, then the other. */
  static TrainingListener both(TrainingListener first, TrainingListener second) {
    return new TrainingListener() {
      @Override
      public void stepDone(TrainingCurve.Row row, StepTime time) {
        first.stepDone(row, time);
        second.stepDone(row, time);
      }

      @Override
      public void checkpointWritten(long step) {
        first.checkpointWritten(step);
        second.checkpointWritten(step);
      }
    };
  }
}
