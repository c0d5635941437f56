package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.kubernetes.observe.Timers;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WakeUpsTest {
  private static final ResourceID PRESENT = new ResourceID("present", "research");
  private static final ResourceID GONE = new ResourceID("gone", "research");

  /** A window may open in a hundred years; until then its sweep would be kept in memory. */
  @Test
  void theAppointmentOfASweepThatIsGoneIsDropped() throws InterruptedException {
    LinkedBlockingQueue<ResourceID> woken = new LinkedBlockingQueue<>();
    WakeUps wakeUps = new WakeUps(new Timers("wake-ups"));
    wakeUps.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
    wakeUps.start();
    try {
      Instant soon = Instant.now().plusSeconds(2);
      wakeUps.at(GONE, Optional.of(soon));
      wakeUps.at(PRESENT, Optional.of(soon.plusSeconds(1)));
      wakeUps.retain(PRESENT::equals);

      assertThat(woken.poll(60, TimeUnit.SECONDS)).isEqualTo(PRESENT);
      assertThat(woken).isEmpty();
    } finally {
      wakeUps.stop();
    }
  }
}
