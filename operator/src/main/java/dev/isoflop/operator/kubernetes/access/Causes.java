package dev.isoflop.operator.kubernetes.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import java.util.stream.Stream;

/** Words for the cause of an exception, for a user. */
final class Causes {
  private static final int DEEPEST = 20;
  private static final int LONGEST = 300;

  private Causes() {}

  /** The first of a kind among an exception and its causes. */
  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
    return chain(failure).filter(kind::isInstance).map(kind::cast).findFirst();
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
  }

  /** The innermost message, in one line. */
  static String text(Throwable failure) {
    Throwable innermost = chain(failure).reduce((outer, inner) -> inner).orElse(failure);
    String message =
        innermost instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : innermost.getMessage();
    return message == null || message.isBlank()
        ? innermost.getClass().getSimpleName()
        : shortened(message.strip().replaceAll("\\s+", " "));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
