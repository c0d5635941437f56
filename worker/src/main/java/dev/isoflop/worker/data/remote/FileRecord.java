package dev.isoflop.worker.data.remote;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/**
 * Record of a downloaded file; written beside it as JSON.
 *
 * @param address {@code sha256:} digest of the URI that it came from
 * @param length its bytes; -1 in a download whose server does not say
 * @param sha256 digest of its bytes; null while it is downloaded
 */
record FileRecord(
    @JsonAlias("url") String address, Validator validator, long length, @Nullable String sha256) {
  static final long UNKNOWN = -1;
}
