package dev.isoflop.laws.fit;

import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.isoflop.CurveBootstrap;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.isoflop.ParabolaBias;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.surface.SurfaceFit;
import dev.isoflop.laws.surface.SurfaceIntervals;
import java.util.List;
import java.util.Optional;

/** Holds the fits against each other and notes what does not go together. */
final class ConsistencyChecks {

  /** Resamples drawn again, as a share of all, from which the bootstrap is called unstable. */
  private static final double UNSTABLE = 0.05;

  /**
   * A bias of this share of an interval's half-width lowers the coverage of a 95 % interval to
   * about 92 %; from there on it is reported.
   */
  private static final double NOTICEABLE = 0.25;

  private final LawOptions options;
  private final List<Finding> findings;

  ConsistencyChecks(LawOptions options, List<Finding> findings) {
    this.options = options;
    this.findings = findings;
  }

  void instability(List<Optimum> optima, CurveBootstrap bootstrap) {
    for (int i = 0; i < optima.size(); i++) {
      int rejected = bootstrap.rejected(i);
      int drawn = rejected + options.bootstrap();
      if (rejected > UNSTABLE * drawn) {
        findings.add(new FitWarning.UnstableResamples(optima.get(i).budget(), rejected, drawn));
      }
    }
  }

  /** D* as N* leaves it, against D* found on its own. */
  void tokens(Fit<PowerLaw> tokens, Fit<PowerLaw> alone) {
    if (tokens.value().isEmpty() || alone.value().isEmpty()) {
      return;
    }
    PowerLaw first = tokens.value().get();
    PowerLaw second = alone.value().get();
    Interval interval = first.interval().exponent();
    boolean equal = Math.abs(first.exponent() - second.exponent()) < 1e-6;
    if (!equal && !interval.contains(second.exponent())) {
      findings.add(new FitWarning.TokensDisagree(first.exponent(), interval, second.exponent()));
    }
  }

  void surface(Fit<PowerLaw> parameters, Fit<SurfaceFit> surface, Optional<ParabolaBias> bias) {
    surface.refusal().ifPresent(findings::add);
    if (surface.value().isEmpty() || parameters.value().isEmpty()) {
      return;
    }
    PowerLaw law = parameters.value().get();
    SurfaceFit fit = surface.value().get();
    Interval exponent = law.interval().exponent();
    boolean apart = Math.abs(law.exponent() - fit.parametersExponent()) > 1e-6;
    if (apart && !exponent.contains(fit.parametersExponent())) {
      findings.add(
          new FitWarning.MethodsDisagree(
              law.exponent(),
              exponent,
              fit.parametersExponent(),
              fit.intervals().map(SurfaceIntervals::parametersExponent)));
    }
    bias.ifPresent(estimate -> bias(law, estimate));
  }

  private void bias(PowerLaw law, ParabolaBias bias) {
    double largest = law.points().get(law.points().size() - 1).budget();
    double ratio = bias.parametersRatioAt(largest);
    Interval band = law.predict(largest).interval();
    double halfBand = StrictMath.log(band.high() / band.low()) / 2;
    double halfExponent = law.interval().exponent().width() / 2;
    boolean inExponent =
        noticeable(bias.exponent(), halfExponent, FitWarning.ParabolaBiased.NEGLIGIBLE);
    boolean inSize = noticeable(StrictMath.log(ratio), halfBand, 1e-4);
    if (inExponent || inSize) {
      findings.add(new FitWarning.ParabolaBiased(bias.exponent(), halfExponent, largest, ratio));
    }
  }

  private static boolean noticeable(double bias, double halfWidth, double negligible) {
    return Math.abs(bias) > Math.max(negligible, NOTICEABLE * halfWidth);
  }
}
