package dev.isoflop.api.v1alpha1.bounds;

/** How manifests write durations: ISO 8601 without years and months, such as PT10M or P1DT12H. */
public final class Durations {
  /** Matches what {@link java.time.Duration#parse} takes, upper case, positive, whole units. */
  public static final String PATTERN =
      "^P(?:\\d{1,5}D)?(?:T(?:\\d{1,6}H)?(?:\\d{1,6}M)?(?:\\d{1,9}S)?)?$";

  private Durations() {}
}
