package dev.isoflop.operator.kubernetes.observe;

import static java.util.Comparator.comparing;

import dev.isoflop.operator.kubernetes.observe.NamespaceListings.Listing;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events in which nodes say that a volume cannot be attached or mounted: a Secret, a ConfigMap,
 * a claim or a disk is missing. Asked for while pods take long to begin, at most twice a minute in
 * a namespace, however many pods there are: an API server reads all events for any selector.
 */
public final class MountEvents implements MountFailures {
  private static final Logger LOG = LoggerFactory.getLogger(MountEvents.class);
  private static final List<String> REASONS = List.of("FailedMount", "FailedAttachVolume");

  /**
   * Beginning of the message about all volumes together, which a node repeats every two minutes
   * beside those about each.
   */
  private static final String SUMMARY = "Unable to attach or mount volumes";

  /** Events of one reason that are looked through: a few for each pod that waits. */
  private static final long MOST = 1000;

  /** A node tries again at least every two minutes; a volume of which it is silent is mounted. */
  private static final Duration RECENT = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final NamespaceListings listings = new NamespaceListings(this::list);

  public MountEvents(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<String> of(Pod pod, Instant now) {
    return listings.of(pod, now);
  }

  private Listing list(String namespace, Instant now, Map<String, String> known) {
    try {
      Map<String, Told> told = new HashMap<>();
      for (String reason : REASONS) {
        Pages.list(
            client.events().v1().events().inNamespace(namespace).withField("reason", reason),
            MOST,
            event -> read(event, reason, now.minus(RECENT), told));
      }
      Map<String, String> failures = new HashMap<>();
      told.forEach((uid, one) -> failures.put(uid, one.words()));
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

  /**
   * The part of an event that is kept.
   *
   * @param summary whether it is of all volumes together
   */
  private record Told(Instant at, boolean summary, String words) {
    /** The one that names a volume, of these the latest. */
    private Told better(Told other) {
      Comparator<Told> order = comparing((Told one) -> !one.summary()).thenComparing(Told::at);
      return order.compare(this, other) >= 0 ? this : other;
    }
  }

  private static void read(Event event, String reason, Instant since, Map<String, Told> told) {
    ObjectReference about = event.getRegarding();
    boolean ours =
        reason.equals(event.getReason())
            && about != null
            && about.getUid() != null
            && about.getUid().length() <= BoundedCopy.LONGEST_NAME
            && time(event).isAfter(since);
    if (ours) {
      String note = Objects.requireNonNullElse(event.getNote(), "");
      String words =
          note.isBlank()
              ? reason + ", and the node does not say why"
              : reason + ": " + Listing.kept(note);
      told.merge(
          about.getUid(), new Told(time(event), note.startsWith(SUMMARY), words), Told::better);
    }
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
        .flatMap(text -> instant(text).stream())
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  /** Empty for a year of more than four digits, which API servers make of 9999 and an offset. */
  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
