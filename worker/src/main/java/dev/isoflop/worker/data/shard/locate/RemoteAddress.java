package dev.isoflop.worker.data.shard.locate;

import dev.isoflop.text.ShownUri;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Names of files behind http and https. */
final class RemoteAddress {
  private RemoteAddress() {}

  static boolean is(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("http:") || lower.startsWith("https:");
  }

  /** The URI of a name; what URIs forbid must be written with percent signs. */
  static URI of(String name, String field) throws DataException {
    try {
      URI uri = new URI(name);
      if (uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new DataException(
          Kind.Setting,
          field,
          "'" + ShownUri.of(name) + "' is not a URL: " + e.getReason(),
          "correct it",
          e);
    }
    throw new DataException(
        Kind.Setting,
        field,
        "'" + ShownUri.of(name) + "' has no host, or a user or fragment that would not be sent",
        "write https://host/path; passwords do not belong into manifests");
  }
}
