package dev.isoflop.laws.envelope;

import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.List;

/**
 * Laws from the lower envelope of training curves (approach 1).
 *
 * @param points the crossings that they go through, ascending
 * @param parameters N*(C)
 * @param tokens D*(C)
 * @param loss of the envelope at its crossings
 */
public record EnvelopeLaws(
    List<EnvelopePoint> points,
    Fit<PowerLaw> parameters,
    Fit<PowerLaw> tokens,
    Fit<PowerLaw> loss) {

  public EnvelopeLaws {
    points = List.copyOf(points);
  }
}
