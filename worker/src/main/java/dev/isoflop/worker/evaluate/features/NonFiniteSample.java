package dev.isoflop.worker.evaluate.features;

/** A model drew a picture with a value that is no finite number. */
public final class NonFiniteSample extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NonFiniteSample(float value) {
    super("a sample of the model holds " + value);
  }
}
