package dev.isoflop.operator.collect;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Says in words why an exchange failed. What exceptions say themselves is left out: messages of
 * network libraries quote what was answered.
 */
final class Causes {
  private Causes() {}

  static String describe(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof UnreadableAnswerException unreadable) {
      return String.valueOf(unreadable.getMessage());
    }
    if (cause instanceof TimeoutException || cause instanceof ConnectTimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof UnknownHostException) {
      return "its host is not known";
    }
    if (cause instanceof NoRouteToHostException) {
      return "its host cannot be reached";
    }
    if (cause instanceof ConnectException) {
      return "connection refused";
    }
    if (cause instanceof SSLException) {
      return "no TLS with a certificate that is trusted";
    }
    return "the connection broke, or what answers does not speak HTTP";
  }
}
