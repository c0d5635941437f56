package dev.isoflop.worker.data.remote;

import dev.isoflop.text.ShownUri;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Errors of downloads for whoever named the URL. */
final class RemoteFault {
  /** Answers after which the same question may be asked again. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private RemoteFault() {}

  private static String shown(URI uri) {
    return ShownUri.of(uri.toString());
  }

  static boolean passes(int status) {
    return PASSING.contains(status);
  }

  static DataException status(String field, URI uri, int status) {
    if (status == 404 || status == 410) {
      return new DataException(
          Kind.Missing,
          field,
          "there is no %s (HTTP %d)".formatted(shown(uri), status),
          "check the URL and the brace range");
    }
    if (status == 401 || status == 403) {
      return new DataException(
          Kind.Missing,
          field,
          "%s may not be read (HTTP %d)".formatted(shown(uri), status),
          "make it public, or use URLs that carry their permission and have not run out");
    }
    return new DataException(
        passes(status) ? Kind.Unreadable : Kind.Setting,
        field,
        "%s answers with HTTP %d".formatted(shown(uri), status),
        passes(status) ? "try again later" : "check the URL");
  }

  /** Whether trying again is no use: the server's certificate does not become better. */
  static boolean isUntrusted(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof CertificateException
          || at instanceof CertPathValidatorException
          || at instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  static DataException untrusted(String field, URI uri, IOException cause) {
    return new DataException(
        Kind.Setting,
        field,
        "the server of %s shows a certificate that is not trusted (%s)"
            .formatted(shown(uri), cause.getMessage()),
        "add its authority to Java's trust store (-Djavax.net.ssl.trustStore), or use another"
            + " server",
        cause);
  }

  static DataException unreachable(String field, URI uri, int tries, IOException cause) {
    return new DataException(
        Kind.Unreadable,
        field,
        "%s could not be downloaded in %d tries (%s)".formatted(shown(uri), tries, cause),
        "check the network and the server; what has come already is kept",
        cause);
  }

  static DataException changed(String field, URI uri) {
    return new DataException(
        Kind.Corrupt,
        field,
        shown(uri) + " changed while it was in use",
        "data must stay as it is while a sweep runs; start a sweep of its own for the new data");
  }

  static DataException tooLarge(String field, URI uri, long bytes, CacheSettings settings) {
    return new DataException(
        Kind.TooLarge,
        field,
        "%s has %s%d bytes, over the cache's bound of %d"
            .formatted(
                shown(uri),
                bytes > settings.mostBytes() ? "" : "at least ",
                bytes,
                settings.mostBytes()),
        "raise " + CacheSettings.BYTES + ", or use smaller shards");
  }

  static DataException wrongDigest(String field, URI uri, String found, String wanted) {
    return new DataException(
        Kind.Corrupt,
        field,
        "%s has the digest %s instead of %s".formatted(shown(uri), found, wanted),
        "correct the digest or the URL");
  }

  static DataException disk(CacheSettings settings, IOException cause) {
    return new DataException(
        Kind.Unreadable,
        CacheSettings.FOLDER,
        "the cache %s cannot be used (%s)".formatted(settings.folder(), cause),
        "free space there, or set %s to another folder".formatted(CacheSettings.FOLDER),
        cause);
  }

  static DataException interrupted(String field, URI uri) {
    return new DataException(
        Kind.Unreadable,
        field,
        "the download of " + shown(uri) + " was interrupted",
        "start again");
  }
}
