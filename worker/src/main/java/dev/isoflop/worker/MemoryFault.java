package dev.isoflop.worker;

import dev.isoflop.model.TransformerShape;
import dev.isoflop.trial.TrialConfig;
import java.util.Locale;

/** Tells memory exhaustion from other native errors; libtorch gives it no type of its own. */
final class MemoryFault {
  private MemoryFault() {}

  static boolean isOutOfMemory(Throwable fault) {
    if (fault instanceof OutOfMemoryError) {
      return true;
    }
    String message = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("out of memory") || message.contains("allocate memory");
  }

  static String message(TrialConfig config) {
    TransformerShape shape = config.experiment().shape();
    return "%d parameters and a batch of %d samples of %d tokens do not fit into memory; lower training.batchSize or give the trial more memory"
        .formatted(
            shape.totalParameters(),
            config.experiment().training().batchSize(),
            shape.sequenceLength());
  }
}
