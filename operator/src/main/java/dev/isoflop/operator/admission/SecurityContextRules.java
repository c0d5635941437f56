package dev.isoflop.operator.admission;

import dev.isoflop.operator.plan.Refusal;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a security context may not ask for, of a pod or of a container. */
final class SecurityContextRules {
  private static final String LEAVE_OUT = "leave it out";

  private SecurityContextRules() {}

  static Stream<Refusal> ofPod(Place context) {
    return Stream.concat(
        shared(context),
        when(
            context.at("sysctls"),
            sysctls -> sysctls.items().findAny().isPresent(),
            "changes the kernel under the pod",
            LEAVE_OUT));
  }

  static Stream<Refusal> ofContainer(Place context) {
    return Stream.of(
            shared(context),
            when(
                context.at("privileged"),
                Place::isTrue,
                "is true, which gives the pod its whole node",
                LEAVE_OUT),
            when(
                context.at("allowPrivilegeEscalation"),
                Place::isTrue,
                "is true, and workers gain no privileges",
                LEAVE_OUT),
            when(
                context.at("capabilities", "add"),
                added -> added.items().findAny().isPresent(),
                "adds capabilities, and workers have none",
                LEAVE_OUT),
            when(
                context.at("procMount"),
                mount -> !Set.of("", "Default").contains(mount.text()),
                "shows the kernel's files unmasked",
                LEAVE_OUT))
        .flatMap(refusals -> refusals);
  }

  private static Stream<Refusal> shared(Place context) {
    return Stream.of(
            when(
                context.at("runAsNonRoot"),
                asked -> !asked.isEmpty() && !asked.isTrue(),
                "is false, and workers never run as root",
                LEAVE_OUT),
            when(
                context.at("runAsUser"),
                user -> !user.isEmpty() && user.value().asLong() == 0,
                "is 0, and workers never run as root",
                "name the user whose storage they write to, or leave it out"),
            when(
                context.at("seccompProfile", "type"),
                profile -> !Set.of("", "RuntimeDefault").contains(profile.text()),
                "is '%s', and workers run under RuntimeDefault"
                    .formatted(context.at("seccompProfile", "type").text()),
                LEAVE_OUT),
            when(
                context.at("appArmorProfile", "type"),
                profile -> !Set.of("", "RuntimeDefault", "Localhost").contains(profile.text()),
                "is '%s'".formatted(context.at("appArmorProfile", "type").text()),
                "leave it out, or choose RuntimeDefault"),
            context
                .at("seLinuxOptions")
                .fields()
                .filter(option -> !option.getKey().equals("level"))
                .map(Map.Entry::getValue)
                .flatMap(
                    option ->
                        when(
                            option,
                            value -> !value.text().isEmpty(),
                            "takes the pod out of its SELinux domain",
                            "leave it out; level may be named")),
            when(
                context.at("windowsOptions"),
                options -> options.fields().findAny().isPresent(),
                "is for Windows, where the worker does not run",
                LEAVE_OUT))
        .flatMap(refusals -> refusals);
  }

  private static Stream<Refusal> when(
      Place place, Predicate<Place> holds, String problem, String remedy) {
    return holds.test(place) ? Stream.of(place.refused(problem, remedy)) : Stream.empty();
  }
}
