package dev.isoflop.operator.sweep.observe;

import java.time.Instant;
import java.util.Optional;

/**
 * Where now lies in the launch window.
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
