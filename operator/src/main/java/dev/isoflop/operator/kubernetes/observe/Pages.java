package dev.isoflop.operator.kubernetes.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists what others write in small pages, so that few large resources are in memory at once. */
final class Pages {
  private Pages() {}

  /**
   * Lists resources in the API server's order.
   *
   * @param most how many are looked at; the rest is not
   * @param each is given one after the other, and keeps what it needs of it
   */
  static <T extends HasMetadata, L extends KubernetesResourceList<T>> void list(
      Listable<L> resources, long most, Consumer<T> each) {
    @Nullable String next = null;
    long seen = 0;
    do {
      L page =
          resources.list(
              new ListOptionsBuilder()
                  .withLimit(Math.min(WatchedResources.PAGE, most - seen))
                  .withContinue(next)
                  .build());
      page.getItems().forEach(each);
      seen += page.getItems().size();
      next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty() && seen < most);
  }
}
