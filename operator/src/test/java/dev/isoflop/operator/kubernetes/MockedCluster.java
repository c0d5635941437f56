package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a mocked API server needs before a test. */
public final class MockedCluster {
  /** Held, as the log manager would forget its level. */
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  private MockedCluster() {}

  /** Has the server know sweeps and trials, and not log each request. */
  public static void prepare(KubernetesClient client) {
    REQUESTS.setLevel(Level.WARNING);
    for (String name : List.of("scalingsweeps", "trials")) {
      client
          .load(
              ScalingSweep.class.getResourceAsStream(
                  "/META-INF/fabric8/%s.isoflop.dev-v1.yml".formatted(name)))
          .create();
    }
  }
}
