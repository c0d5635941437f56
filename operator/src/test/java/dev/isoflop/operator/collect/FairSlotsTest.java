package dev.isoflop.operator.collect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FairSlotsTest {
  private final FairSlots slots = new FairSlots(3, 2);
  private final List<String> begun = new ArrayList<>();
  private final Map<String, CompletableFuture<String>> exchanges = new HashMap<>();

  private void wait(String tenant, String name) {
    assertThat(ask(tenant, name)).isNotDone();
  }

  private CompletableFuture<String> ask(String tenant, String name) {
    return slots.run(
        tenant,
        () -> {
          begun.add(name);
          CompletableFuture<String> exchange = new CompletableFuture<>();
          exchanges.put(name, exchange);
          return exchange;
        });
  }

  private void answer(String name) {
    requireNonNull(exchanges.get(name)).complete(name);
  }

  @Test
  void oneTenantLeavesRoomForAnother() {
    for (int i = 0; i < 10; i++) {
      wait("greedy", "g" + i);
    }
    assertThat(begun).containsExactly("g0", "g1");
    wait("modest", "m0");
    wait("modest", "m1");
    wait("third", "t0");
    assertThat(begun).containsExactly("g0", "g1", "m0");
    answer("g0");
    assertThat(begun).containsExactly("g0", "g1", "m0", "g2");
    answer("m0");
    answer("g1");
    answer("g2");
    assertThat(begun).as("in turn").containsExactly("g0", "g1", "m0", "g2", "m1", "t0", "g3");
  }

  @Test
  void whatFailsGivesItsSlotBack() {
    for (int i = 0; i < 10; i++) {
      CompletableFuture<String> failed =
          slots.run(
              "a",
              () -> {
                throw new IllegalStateException("not today");
              });
      assertThat(failed).isCompletedExceptionally();
    }
    assertThat(ask("a", "next")).isNotDone();
    answer("next");
    assertThat(begun).containsExactly("next");
  }

  @Test
  void manyThatAnswerAtOnceDoNotNest() {
    CompletableFuture<String> first = ask("a", "1");
    wait("a", "2");
    List<CompletableFuture<Integer>> rest = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      rest.add(slots.run("a", () -> CompletableFuture.completedFuture(number)));
    }
    answer("1");
    assertThat(first).isCompletedWithValue("1");
    assertThat(rest).hasSize(100_000).allMatch(CompletableFuture::isDone);
  }
}
