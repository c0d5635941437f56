package dev.isoflop.api.v1alpha1.bounds;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Amounts of a resource in manifests: Kubernetes quantities without a sign. */
public final class Quantities {
  /** Matches the quantities that an API server takes, but for negative ones. */
  public static final String PATTERN =
      "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?$";

  /** Characters of the longest one. */
  public static final int LONGEST = 64;

  /** Examples of valid amounts, for messages. */
  public static final String EXAMPLES = "write it like 8, 500m or 32Gi";

  private static final Pattern COMPILED = Pattern.compile(PATTERN);

  private Quantities() {}

  /** Whether a text is an amount. */
  public static boolean matches(String text) {
    return text.length() <= LONGEST && COMPILED.matcher(text).find();
  }

  /** The amount in units, bytes or cores, of a text that {@link #matches}. */
  public static BigDecimal amount(String text) {
    return Quantity.parse(text).getNumericalAmount();
  }

  /** Whether an amount can be counted, as devices are. */
  public static boolean isWhole(String text) {
    return amount(text).stripTrailingZeros().scale() <= 0;
  }
}
