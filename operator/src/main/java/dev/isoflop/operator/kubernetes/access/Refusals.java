package dev.isoflop.operator.kubernetes.access;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What an API server, or the way to it, answers to a call that does not succeed. */
final class Refusals {
  private static final int TOO_MANY_REQUESTS = 429;

  private final String server;
  private final String context;

  Refusals(Config config) {
    server = config.getMasterUrl().replaceFirst("/$", "");
    NamedContext current = config.getCurrentContext();
    context =
        current == null
            ? "this pod's service account names"
            : "the context '%s' of the kubeconfig names".formatted(current.getName());
  }

  /** Why a call fails; empty if it does not. */
  Optional<ClusterFault> of(Runnable call, String done) {
    try {
      call.run();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(fault(e, done));
    }
  }

  /**
   * The fault that made a call fail.
   *
   * @param done what was tried, such as {@code list jobs in namespace research}
   */
  ClusterFault fault(KubernetesClientException failure, String done) {
    if (failure.getCode() <= 0) {
      return unanswered(failure);
    }
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          ClusterFault.configuration(
              "%s: does not accept the credentials that %s: %s; %s"
                  .formatted(
                      server,
                      context,
                      answer(failure),
                      "they may have expired: log in again, or use a kubeconfig that is valid"));
      case HttpURLConnection.HTTP_FORBIDDEN ->
          ClusterFault.lacking(
              "%s: the operator may not %s: %s; %s"
                  .formatted(
                      server,
                      done,
                      answer(failure),
                      "give its account the Role that the chart makes, or name the namespaces in"
                          + " which it has one with --namespaces"));
      case HttpURLConnection.HTTP_NOT_FOUND ->
          ClusterFault.lacking(
              "%s: cannot %s: the cluster does not know that kind; %s"
                  .formatted(
                      server,
                      done,
                      "install the CRDs, by the chart or with 'kubectl apply --server-side -f"
                          + " helm/isoflop/files/crds'"));
      default -> other(failure, done);
    };
  }

  private ClusterFault other(KubernetesClientException failure, String done) {
    String message = "%s: cannot %s: %s".formatted(server, done, answer(failure));
    return failure.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR
            || failure.getCode() == TOO_MANY_REQUESTS
        ? ClusterFault.away(message + "; try again once the API server is well")
        : ClusterFault.configuration(
            message + "; see that it is the API server of a cluster that " + context);
  }

  private ClusterFault unanswered(KubernetesClientException failure) {
    Optional<SSLException> refused = Causes.find(failure, SSLException.class);
    if (refused.isPresent()) {
      return ClusterFault.configuration(
          "%s: no secure connection to the server that %s: %s; %s"
              .formatted(
                  server,
                  context,
                  Causes.text(refused.get()),
                  "check certificate-authority and server of that cluster, and that neither"
                      + " certificate has expired"));
    }
    if (Causes.find(failure, FileNotFoundException.class).isPresent()
        || Causes.find(failure, NoSuchFileException.class).isPresent()
        || Causes.find(failure, GeneralSecurityException.class).isPresent()) {
      return ClusterFault.configuration(
          "%s: a certificate or key that %s cannot be used: %s; check certificate-authority, %s"
              .formatted(
                  server,
                  context,
                  Causes.text(failure),
                  "client-certificate and client-key there"));
    }
    Optional<UnknownHostException> unknown = Causes.find(failure, UnknownHostException.class);
    if (unknown.isPresent()) {
      return away("its name is not known");
    }
    if (Causes.find(failure, ConnectException.class).isPresent()) {
      String text = Causes.text(failure).toLowerCase(Locale.ROOT);
      return away(text.contains("refused") ? "connection refused" : "no connection: " + text);
    }
    if (Causes.find(failure, TimeoutException.class).isPresent()) {
      return away("no answer within ten seconds");
    }
    return away(Causes.text(failure));
  }

  private ClusterFault away(String cause) {
    return ClusterFault.away(
        "%s: the cluster that %s does not answer: %s; %s"
            .formatted(
                server,
                context,
                cause,
                "see that it runs and can be reached from here, or name another with KUBECONFIG"));
  }

  private static String answer(KubernetesClientException failure) {
    String said =
        failure.getStatus() == null || failure.getStatus().getMessage() == null
            ? Causes.text(failure)
            : failure.getStatus().getMessage();
    return "%d, %s"
        .formatted(failure.getCode(), said.lines().findFirst().orElse("").replaceAll("[.;]$", ""));
  }
}
