package dev.isoflop.laws.envelope;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Laws from the lower envelope of training curves (approach 1).
 *
 * @param points the crossings that they go through, ascending
 * @param quantities one for each quantity that training curves tell; the loss is that of the
 *     envelope at its crossings
 */
public record EnvelopeLaws(List<EnvelopePoint> points, Map<LawQuantity, Fit<PowerLaw>> quantities) {

  public EnvelopeLaws {
    points = List.copyOf(points);
    quantities = Collections.unmodifiableMap(new EnumMap<>(quantities));
  }

  /** The law of a quantity that training curves tell. */
  public Fit<PowerLaw> law(LawQuantity quantity) {
    return Objects.requireNonNull(
        quantities.get(quantity), () -> "training curves do not tell " + quantity.title());
  }
}
