package dev.isoflop.operator.kubernetes;

import static java.util.Comparator.comparing;

import dev.isoflop.operator.kubernetes.NamespaceListings.Listing;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events in which nodes say that a volume cannot be attached or mounted: a Secret, a ConfigMap,
 * a claim or a disk is missing. Asked for while pods take long to begin, at most twice a minute in
 * a namespace, however many pods there are: an API server reads all events for any selector.
 */
final class MountEvents implements MountFailures {
  private static final Logger LOG = LoggerFactory.getLogger(MountEvents.class);
  private static final List<String> REASONS = List.of("FailedMount", "FailedAttachVolume");

  /** What a node says of all volumes together, every two minutes, beside what it says of each. */
  private static final String SUMMARY = "Unable to attach or mount volumes";

  /** Events of one reason that are looked through: a few for each pod that waits. */
  private static final long MOST = 2000;

  /** A node tries again at least every two minutes; a volume of which it is silent is mounted. */
  private static final Duration RECENT = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final NamespaceListings listings = new NamespaceListings(this::list);

  MountEvents(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<String> of(Pod pod, Instant now) {
    return listings.of(pod, now);
  }

  private Listing list(String namespace, Instant now, Map<String, String> known) {
    try {
      Map<String, Event> told = new HashMap<>();
      REASONS.stream()
          .flatMap(reason -> events(namespace, reason))
          .filter(event -> time(event).isAfter(now.minus(RECENT)))
          .filter(event -> event.getRegarding() != null && event.getRegarding().getUid() != null)
          .forEach(event -> told.merge(event.getRegarding().getUid(), event, MountEvents::better));
      Map<String, String> failures = new HashMap<>();
      told.forEach((uid, event) -> failures.put(uid, words(event)));
      return Listing.fresh(now, failures);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        LOG.warn("events of pods in namespace {} were not read: {}", namespace, e.getMessage());
        return Listing.fresh(now, known);
      }
      LOG.warn(
          "events of pods in namespace {} cannot be read for {} minutes, so volumes that cannot be"
              + " mounted hold no sweep; the chart's Role grants it: {}",
          namespace,
          NamespaceListings.pauseMinutes(),
          e.getMessage());
      return Listing.failed(now);
    }
  }

  private static String words(Event event) {
    return event.getNote() == null || event.getNote().isBlank()
        ? event.getReason() + ", and the node does not say why"
        : event.getReason() + ": " + event.getNote();
  }

  private Stream<Event> events(String namespace, String reason) {
    Collection<Event> found =
        client
            .events()
            .v1()
            .events()
            .inNamespace(namespace)
            .withField("reason", reason)
            .list(new ListOptionsBuilder().withLimit(MOST).build())
            .getItems();
    return found.stream().filter(event -> reason.equals(event.getReason()));
  }

  /** The one that names a volume, of these the latest. */
  private static Event better(Event one, Event other) {
    Comparator<Event> order =
        comparing((Event event) -> !String.valueOf(event.getNote()).startsWith(SUMMARY))
            .thenComparing(MountEvents::time);
    return order.compare(one, other) >= 0 ? one : other;
  }

  /** When it happened last; nodes write the former kind of event, which has its times elsewhere. */
  private static Instant time(Event event) {
    return Stream.of(
            Optional.ofNullable(event.getSeries())
                .map(series -> series.getLastObservedTime())
                .map(at -> at.getTime()),
            Optional.ofNullable(event.getDeprecatedLastTimestamp()),
            Optional.ofNullable(event.getEventTime()).map(at -> at.getTime()),
            Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
        .flatMap(Optional::stream)
        .map(text -> OffsetDateTime.parse(text).toInstant())
        .findFirst()
        .orElse(Instant.EPOCH);
  }
}
