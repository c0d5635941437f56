package dev.isoflop.operator.admission;

import dev.isoflop.operator.plan.PlanError;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Service accounts of workers, and their tokens: whose rights a pod gets. */
final class AccountRules {
  private AccountRules() {}

  static Stream<PlanError> problems(Place spec, PodPolicy policy) {
    return Stream.concat(
        Stream.of("serviceAccountName", "serviceAccount")
            .map(spec::at)
            .filter(named -> !named.text().isEmpty() && !policy.allows(named.text()))
            .map(named -> foreign(named, policy)),
        tokens(spec, policy));
  }

  private static PlanError foreign(Place named, PodPolicy policy) {
    String others =
        policy.accounts().isEmpty()
            ? ""
            : ", or name one of " + String.join(", ", new TreeSet<>(policy.accounts()));
    return named.refused(
        "is '%s', whose rights the workers of this installation do not get".formatted(named.text()),
        "leave it out and they run as '%s'%s; worker.allowedServiceAccounts of the chart adds others"
            .formatted(policy.account().orElse(PodPolicy.DEFAULT_ACCOUNT), others));
  }

  /** A token of the account named default is one with whatever rights others gave to that. */
  private static Stream<PlanError> tokens(Place spec, PodPolicy policy) {
    String named = spec.at("serviceAccountName").text();
    if (policy.account().isPresent() || policy.accounts().contains(named)) {
      return Stream.empty();
    }
    return spec.at("volumes")
        .items()
        .flatMap(volume -> volume.at("projected", "sources").items())
        .flatMap(source -> Stream.of("serviceAccountToken", "podCertificate").map(source::at))
        .filter(token -> !token.isEmpty())
        .map(
            token ->
                token.refused(
                    "would give workers the rights of the account '%s'"
                        .formatted(PodPolicy.DEFAULT_ACCOUNT),
                    "leave it out, or have worker.serviceAccount.name of the chart name an account"
                        + " of their own"));
  }
}
