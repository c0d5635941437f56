package dev.isoflop.operator.sweep.observe;

import java.time.Instant;
import java.util.Optional;

/**
 * State of the launch window at present.
 *
 * @param open whether trials may start; always, without a window
 * @param nextChange when it closes or opens next; empty without a window
 */
public record LaunchWindowState(boolean open, Optional<Instant> nextChange) {

  /** A sweep without a launch window. */
  public static LaunchWindowState always() {
    return new LaunchWindowState(true, Optional.empty());
  }
}
