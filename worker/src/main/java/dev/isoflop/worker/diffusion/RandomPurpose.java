package dev.isoflop.worker.diffusion;

/** Purpose of a random stream. Streams of different purposes share nothing. */
public enum RandomPurpose {
  INITIAL_WEIGHTS(1),
  TRAINING_NOISE(2),
  TRAINING_TIMES(3),
  CAPTION_DROPOUT(4),
  EVALUATION_NOISE(5),
  EVALUATION_TIMES(6),
  EVALUATION_STRATA(7),
  SAMPLE_NOISE(8),
  BOUND_NOISE(9),
  BOUND_TIMES(10),
  BOUND_STRATA(11),
  DEQUANTISATION(12),
  TRACE_PROBES(13);

  /** Part of every seed, so never to be changed. */
  private final long code;

  RandomPurpose(int code) {
    this.code = code;
  }

  long code() {
    return code;
  }
}
