package dev.isoflop.operator.admission;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Permissions beyond the restricted Pod Security Standard that an installation gives to the pod
 * templates of its sweeps.
 *
 * @param account that workers run as; empty for the one named default of their namespace
 * @param accounts that templates may name instead
 * @param volumeTypes that they may mount beside those of the standard, such as nfs
 */
public record PodPolicy(Optional<String> account, Set<String> accounts, Set<String> volumeTypes) {
  /** The account that a pod without one gets. */
  static final String DEFAULT_ACCOUNT = "default";

  /** The standard and nothing beyond it. */
  public static final PodPolicy STANDARD = new PodPolicy(Optional.empty(), Set.of(), Set.of());

  public PodPolicy {
    accounts = Set.copyOf(accounts);
    volumeTypes = Set.copyOf(volumeTypes);
    TreeSet<String> unknown = new TreeSet<>(volumeTypes);
    unknown.removeAll(VolumeTypes.BEYOND);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no type of volume that could be allowed is named %s; choose among %s"
              .formatted(
                  String.join(", ", unknown),
                  String.join(", ", new TreeSet<>(VolumeTypes.BEYOND))));
    }
  }

  /** The policy of an installation; no account is an empty name. */
  public static PodPolicy of(
      String account, Collection<String> accounts, Collection<String> volumeTypes) {
    return new PodPolicy(
        Optional.of(account.strip()).filter(name -> !name.isEmpty()),
        Set.copyOf(accounts),
        Set.copyOf(volumeTypes));
  }

  /** Whether a template may name an account. */
  public boolean allows(String named) {
    return named.equals(account.orElse(DEFAULT_ACCOUNT)) || accounts.contains(named);
  }
}
