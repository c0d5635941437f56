package dev.isoflop.worker.data.remote;

import java.net.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says to tell one state of a file from another.
 *
 * @param etag its entity tag, quotes included
 * @param lastModified its date, as the server writes it
 */
record Validator(@Nullable String etag, @Nullable String lastModified) {
  static Validator of(HttpHeaders headers) {
    return new Validator(
        headers.firstValue("ETag").orElse(null), headers.firstValue("Last-Modified").orElse(null));
  }

  /**
   * Whether two answers may be about the same bytes. Without anything to compare they may: the
   * length is all there is then.
   */
  boolean agreesWith(Validator other) {
    if (etag != null && other.etag != null) {
      return etag.equals(other.etag);
    }
    return lastModified == null
        || other.lastModified == null
        || lastModified.equals(other.lastModified);
  }

  /**
   * What to send as If-Range, so that a file which changed comes whole; a weak tag promises too
   * little for that.
   */
  Optional<String> forRange() {
    return etag != null && !etag.startsWith("W/")
        ? Optional.of(etag)
        : Optional.ofNullable(lastModified);
  }
}
