package dev.isoflop.operator.collect;

import java.io.IOException;

/**
 * An answer that cannot be taken in. The message is shown to users of a sweep, who must not learn
 * by it what some address answers: it names the rule and the place, and never quotes the answer.
 */
class UnreadableAnswerException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableAnswerException(String problem) {
    super(problem);
  }
}
