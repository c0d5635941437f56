package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.TestClock;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialQuotaTest {
  private final TestClock clock = TestClock.standing();
  private final TrialQuota quota = new TrialQuota(2, clock);
  private final List<Trial> cache = new ArrayList<>();

  TrialQuotaTest() {
    quota.countIn(
        namespace ->
            cache.stream().filter(trial -> trial.getMetadata().getNamespace().equals(namespace)));
  }

  private static Trial trial(String namespace, String name) {
    Trial trial = new Trial();
    trial.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    return trial;
  }

  private boolean takes(String namespace, String name) {
    return quota.refusal(trial(namespace, name)).isEmpty();
  }

  @Test
  void countsWhatTheCacheShowsAndWhatWasCreatedSince() {
    cache.add(trial("vision", "a"));
    assertThat(takes("vision", "b")).isTrue();
    assertThat(takes("vision", "c")).isFalse();
    cache.add(trial("vision", "b"));
    assertThat(takes("vision", "b")).as("a trial is counted once").isTrue();
    assertThat(takes("vision", "c")).isFalse();
  }

  @Test
  void eachNamespaceHasItsOwn() {
    assertThat(takes("vision", "a")).isTrue();
    assertThat(takes("vision", "b")).isTrue();
    assertThat(takes("audio", "a")).isTrue();
    assertThat(takes("vision", "c")).isFalse();
  }

  @Test
  void roomThatBecomesFreeIsTaken() {
    assertThat(takes("vision", "a")).isTrue();
    assertThat(takes("vision", "b")).isTrue();
    quota.release(trial("vision", "b"));
    assertThat(takes("vision", "c")).isTrue();
    assertThat(takes("vision", "d")).isFalse();
    clock.pass(Duration.ofMinutes(2));
    assertThat(takes("vision", "d")).as("those of before were deleted unseen").isTrue();
  }

  @Test
  void aTrialThatTheCacheShowedIsGoneOnceItShowsItNoMore() {
    assertThat(takes("vision", "a")).isTrue();
    assertThat(takes("vision", "b")).isTrue();
    cache.add(trial("vision", "a"));
    cache.add(trial("vision", "b"));
    assertThat(takes("vision", "c")).isFalse();
    cache.clear();
    assertThat(takes("vision", "c")).isTrue();
  }

  @Test
  void saysWhatTheQuotaIsAndTheWayOut() {
    cache.add(trial("vision", "a"));
    cache.add(trial("vision", "b"));
    assertThat(quota.refusal(trial("vision", "c")))
        .contains(
            "the namespace vision holds 2 trials, as many as this installation of Isoflop allows"
                + " (quota.trialsPerNamespace of its chart); delete sweeps that are done, or have"
                + " it raised");
  }
}
