package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.operator.sweep.state.Text;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an API server was asked of the resources of each namespace, by their uid. A namespace is
 * listed anew at most twice a minute, however many resources are asked for, and left alone for a
 * while where that failed for good.
 */
final class NamespaceListings {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(5);

  /** The resources of a namespace, as they were last listed. */
  record Listing(Instant until, Map<String, String> byUid) {
    static Listing fresh(Instant now, Map<String, String> byUid) {
      return new Listing(now.plus(FRESH), byUid);
    }

    /** A text of somebody else, cut to the length that is kept. */
    static String kept(String words) {
      return Text.clip(words, Bounds.MESSAGE);
    }

    static Listing failed(Instant now) {
      return new Listing(now.plus(PAUSE_AFTER_FAILURE), Map.of());
    }
  }

  /** Lists a namespace. */
  @FunctionalInterface
  interface Lister {
    /**
     * Lists the resources of a namespace.
     *
     * @param known by uid when it was last listed; empty the first time
     */
    Listing list(String namespace, Instant now, Map<String, String> known);
  }

  private final Lister lister;
  private final Map<String, Listing> listings = new ConcurrentHashMap<>();

  NamespaceListings(Lister lister) {
    this.lister = lister;
  }

  /** Minutes for which a namespace is left alone where listing it failed for good. */
  static long pauseMinutes() {
    return PAUSE_AFTER_FAILURE.toMinutes();
  }

  /** The text about a resource, listed anew where it is old. */
  Optional<String> of(HasMetadata resource, Instant now) {
    Listing listing =
        listings.compute(
            resource.getMetadata().getNamespace(),
            (namespace, known) ->
                known != null && now.isBefore(known.until())
                    ? known
                    : lister.list(namespace, now, known == null ? Map.of() : known.byUid()));
    return Optional.ofNullable(
        Objects.requireNonNull(listing).byUid().get(resource.getMetadata().getUid()));
  }
}
