package dev.isoflop.operator.local.store;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import java.util.regex.Pattern;

/** The name of a sweep, which is also its folder's. */
public final class SweepName {
  private static final Pattern VALID = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  private SweepName() {}

  public static String of(ScalingSweep sweep) throws LocalFaultException {
    String name = sweep.getMetadata() == null ? null : sweep.getMetadata().getName();
    if (name == null || !VALID.matcher(name).matches()) {
      throw new LocalFaultException(
          "metadata.name: %s; give a name of lower-case letters, digits, '-' and '.'"
              .formatted(name == null ? "is missing" : "'" + name + "' cannot name a folder"));
    }
    return name;
  }
}
