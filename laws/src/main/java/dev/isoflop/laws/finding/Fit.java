package dev.isoflop.laws.finding;

import java.util.Optional;

/** Result of a fit: the fitted value, or the reason why there is none. */
public sealed interface Fit<T> {

  record Fitted<T>(T result) implements Fit<T> {}

  record Refused<T>(FitError why) implements Fit<T> {}

  static <T> Fit<T> of(T result) {
    return new Fitted<>(result);
  }

  static <T> Fit<T> refused(FitError why) {
    return new Refused<>(why);
  }

  default Optional<T> value() {
    return this instanceof Fitted<T> fitted ? Optional.of(fitted.result()) : Optional.empty();
  }

  default Optional<FitError> refusal() {
    return this instanceof Refused<T> refused ? Optional.of(refused.why()) : Optional.empty();
  }
}
