package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class MountEventsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

  private static String path(String reason) {
    return "/apis/events.k8s.io/v1/namespaces/research/events?fieldSelector=reason%3D"
        + reason
        + "&limit=20";
  }

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesMockServer server;

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  private static Pod pod(String uid) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("pod-" + uid)
        .withNamespace("research")
        .withUid(uid)
        .endMetadata()
        .build();
  }

  /** As a node writes it, read in the newer form. */
  private static Event event(String uid, String reason, String note, Instant last) {
    return new EventBuilder()
        .withNewMetadata()
        .withName(uid + "." + note.hashCode())
        .withNamespace("research")
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .endMetadata()
        .withReason(reason)
        .withNote(note)
        .withDeprecatedLastTimestamp(last.toString())
        .withNewRegarding()
        .withKind("Pod")
        .withUid(uid)
        .endRegarding()
        .build();
  }

  private void answer(String reason, Event... events) {
    EventList list = new EventList();
    list.setItems(List.of(events));
    server.expect().get().withPath(path(reason)).andReturn(200, list).once();
  }

  @Test
  void theLatestThatNamesAVolumeIsToldAndAskedForTwiceAMinute() {
    answer(
        "FailedMount",
        event("a", "FailedMount", "volume \"x\": timed out", NOW.minusSeconds(200)),
        event("a", "FailedMount", "volume \"x\" : secret \"hub\" not found", NOW.minusSeconds(70)),
        event("a", "FailedMount", "Unable to attach or mount volumes: x", NOW.minusSeconds(10)));
    answer("FailedAttachVolume", event("b", "FailedAttachVolume", "disk in use", NOW));
    MountEvents events = new MountEvents(client);

    assertThat(events.of(pod("a"), NOW))
        .contains("FailedMount: volume \"x\" : secret \"hub\" not found");
    assertThat(events.of(pod("b"), NOW.plusSeconds(29)))
        .contains("FailedAttachVolume: disk in use");
    assertThat(events.of(pod("c"), NOW)).isEmpty();

    answer("FailedMount");
    answer("FailedAttachVolume");
    assertThat(events.of(pod("a"), NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void pagesAreSmallAndAllOfThemRead() {
    EventList first = new EventList();
    first.setItems(List.of(event("a", "FailedMount", "no secret", NOW)));
    first.setMetadata(new ListMetaBuilder().withContinue("next").build());
    EventList second = new EventList();
    second.setItems(List.of(event("b", "FailedMount", "no claim", NOW)));
    server.expect().get().withPath(path("FailedMount")).andReturn(200, first).once();
    server
        .expect()
        .get()
        .withPath(path("FailedMount").replace("?", "?continue=next&"))
        .andReturn(200, second)
        .once();
    answer("FailedAttachVolume");
    MountEvents events = new MountEvents(client);

    assertThat(events.of(pod("a"), NOW)).contains("FailedMount: no secret");
    assertThat(events.of(pod("b"), NOW)).contains("FailedMount: no claim");
  }

  @Test
  void aTimeThatIsNoneKeepsNoOtherEventFromBeingRead() {
    Event odd = event("a", "FailedMount", "no secret", NOW);
    odd.setDeprecatedLastTimestamp("10000-01-01T13:59:59Z");
    answer("FailedMount", odd, event("b", "FailedMount", "no claim", NOW));
    answer("FailedAttachVolume");
    MountEvents events = new MountEvents(client);

    assertThat(events.of(pod("b"), NOW)).contains("FailedMount: no claim");
    assertThat(events.of(pod("a"), NOW)).isEmpty();
  }

  @Test
  void whatANodeHasSaidLongAgoIsOver() {
    answer("FailedMount", event("a", "FailedMount", "no secret", NOW.minusSeconds(301)));
    answer("FailedAttachVolume");

    assertThat(new MountEvents(client).of(pod("a"), NOW)).isEmpty();
  }

  @Test
  void whereEventsMayNotBeReadTheyAreLeftAloneForAWhile() {
    server
        .expect()
        .get()
        .withPath(path("FailedMount"))
        .andReturn(403, new StatusBuilder().withCode(403).withMessage("forbidden").build())
        .once();
    MountEvents events = new MountEvents(client);

    assertThat(events.of(pod("a"), NOW)).isEmpty();
    assertThat(events.of(pod("a"), NOW.plus(Duration.ofMinutes(4)))).isEmpty();

    answer("FailedMount", event("a", "FailedMount", "no secret", NOW.plusSeconds(290)));
    answer("FailedAttachVolume");
    assertThat(events.of(pod("a"), NOW.plus(Duration.ofMinutes(5))))
        .contains("FailedMount: no secret");
  }

  @Test
  void whatWasKnownStaysWhileTheApiServerFails() {
    answer("FailedMount", event("a", "FailedMount", "no secret", NOW));
    answer("FailedAttachVolume");
    MountEvents events = new MountEvents(client);
    assertThat(events.of(pod("a"), NOW)).contains("FailedMount: no secret");

    server
        .expect()
        .get()
        .withPath(path("FailedMount"))
        .andReturn(422, new StatusBuilder().withCode(422).withMessage("too busy").build())
        .once();
    assertThat(events.of(pod("a"), NOW.plusSeconds(30))).contains("FailedMount: no secret");

    answer("FailedMount");
    answer("FailedAttachVolume");
    assertThat(events.of(pod("a"), NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void anEventWithoutWordsIsToldAsThat() {
    Event silent = event("a", "FailedMount", "", NOW);
    silent.setNote(null);
    answer("FailedMount", silent);
    answer("FailedAttachVolume");

    assertThat(new MountEvents(client).of(pod("a"), NOW))
        .contains("FailedMount, and the node does not say why");
  }
}
