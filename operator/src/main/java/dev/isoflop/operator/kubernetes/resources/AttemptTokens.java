package dev.isoflop.operator.kubernetes.resources;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.status.TrialJob;
import dev.isoflop.common.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Random tokens, one for each Job that is about to be made. A trial's status holds the token's
 * digest before the Job is made, and until then nobody but this process knows the token: a Job that
 * bears it is this operator's, also where the operator died before it could record the Job's uid.
 * Safe for concurrent use.
 */
public final class AttemptTokens {
  /** Tokens of Jobs that are not made yet; one that is forgotten costs another write. */
  private static final int MOST = 10_000;

  private static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final Cache<String, String> issued =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  /** Another token for the next Job of a trial. */
  public String issue(Trial trial) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    issued.put(trial.getMetadata().getUid(), token);
    return token;
  }

  /** The token whose digest is recorded; empty where another process issued it. */
  public Optional<String> of(Trial trial, TrialJob recorded) {
    return Optional.ofNullable(issued.getIfPresent(trial.getMetadata().getUid()))
        .filter(token -> Sha256.hex(token).equals(recorded.tokenSha256()));
  }

  /** The Job was made. */
  public void used(Trial trial) {
    issued.invalidate(trial.getMetadata().getUid());
  }
}
