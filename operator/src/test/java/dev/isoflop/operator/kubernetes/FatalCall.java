package dev.isoflop.operator.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends an operator at one of its writes to an API server: from then on nothing that it sends
 * arrives, as if its process were gone.
 */
final class FatalCall implements Interceptor {

  /** Whether the write itself still arrives. */
  enum Way {
    Lost,
    Done
  }

  private final int fatal;
  private final Way way;
  private final AtomicInteger writes = new AtomicInteger();
  private volatile boolean dead;

  /**
   * An end.
   *
   * @param fatal number of the write, from 1; 0 for none
   */
  FatalCall(int fatal, Way way) {
    this.fatal = fatal;
    this.way = way;
  }

  KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("fatal", this))
        .build();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (dead) {
      throw new IllegalStateException("the operator is gone");
    }
    if (!request.method().equals("GET") && writes.incrementAndGet() == fatal) {
      dead = true;
      if (way == Way.Lost) {
        throw new IllegalStateException("the operator is gone before this call");
      }
    }
  }

  boolean dead() {
    return dead;
  }

  int writes() {
    return writes.get();
  }
}
