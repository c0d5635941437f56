package dev.isoflop.operator.kubernetes.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.isoflop.operator.kubernetes.reconcile.Transitions.Notice;
import dev.isoflop.text.ShownText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/**
 * Notices as Kubernetes events. The name follows from what is told, so that two operators, or one
 * that was killed in between, tell it once.
 */
public final class EventResources {
  private static final int LONGEST_NOTE = 1024;
  private static final int LONGEST_NAME = 253;

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final String ELLIPSIS = "…";

  private final String instance;

  /**
   * @param instance which operator tells it, such as its pod's name
   */
  public EventResources(String instance) {
    this.instance = instance;
  }

  Event of(HasMetadata about, Notice notice, Instant now) {
    String note = notice.message().isEmpty() ? notice.reason() : notice.message();
    int digest =
        Objects.hash(about.getMetadata().getUid(), notice.reason(), notice.message(), notice.at());
    String suffix = ".%s.%08x".formatted(notice.reason().toLowerCase(Locale.ROOT), digest);
    String name = about.getMetadata().getName();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(about.getMetadata().getNamespace())
        .withName(
            name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length())) + suffix)
        .endMetadata()
        .withEventTime(new MicroTime(MICROSECONDS.format(now)))
        .withReportingController("isoflop.dev/operator")
        .withReportingInstance(instance)
        .withAction("Reconcile")
        .withType(notice.warning() ? "Warning" : "Normal")
        .withReason(notice.reason())
        .withNote(clipped(ShownText.message(note)))
        .withNewRegarding()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(name)
        .withUid(about.getMetadata().getUid())
        .endRegarding()
        .build();
  }

  /** The API server counts bytes; no character is cut in two. */
  private static String clipped(String note) {
    if (note.getBytes(UTF_8).length <= LONGEST_NOTE) {
      return note;
    }
    ByteBuffer kept = ByteBuffer.allocate(LONGEST_NOTE - ELLIPSIS.getBytes(UTF_8).length);
    UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(note), kept, true);
    return UTF_8.decode(kept.flip()) + ELLIPSIS;
  }
}
