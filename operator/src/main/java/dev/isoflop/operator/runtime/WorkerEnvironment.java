package dev.isoflop.operator.runtime;

import java.util.Map;
import java.util.TreeMap;

/** Environment variables of a worker process. */
public final class WorkerEnvironment {

  private WorkerEnvironment() {}

  /**
   * The variables of a worker.
   *
   * <p>Libraries start as many threads as there are cores unless told otherwise, and their idle
   * threads spin for work on the cores of the other workers.
   *
   * <p>A step frees what the next one allocates again. By default glibc gives large pieces back to
   * the system in between, which then clears every page anew: some 5 % of a matrix product.
   *
   * <p>The worker tells a full disk from a stale mount by the system's words, which are English
   * whatever the user's language.
   *
   * @param threads of the tensor library
   */
  public static Map<String, String> of(int threads) {
    Map<String, String> environment = new TreeMap<>();
    String count = Integer.toString(threads);
    environment.put("LANGUAGE", "en");
    environment.put("OMP_NUM_THREADS", count);
    environment.put("MKL_NUM_THREADS", count);
    environment.put("OPENBLAS_NUM_THREADS", count);
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("OMP_DYNAMIC", "FALSE");
    environment.put("MKL_DYNAMIC", "FALSE");
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_THRESHOLD_", "4294967296");
    environment.put("MALLOC_TRIM_THRESHOLD_", "17179869184");
    return environment;
  }
}
