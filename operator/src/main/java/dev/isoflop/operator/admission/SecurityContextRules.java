package dev.isoflop.operator.admission;

import dev.isoflop.operator.plan.PlanError;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Refuses what no security context may ask for, of a pod or of a container. */
final class SecurityContextRules {
  private SecurityContextRules() {}

  static Stream<PlanError> ofPod(Place context) {
    Place sysctls = context.at("sysctls");
    return Stream.concat(
        shared(context),
        sysctls.refusedIf(sysctls.hasItems(), "changes the kernel under the pod", Place.LEAVE_OUT));
  }

  static Stream<PlanError> ofContainer(Place context) {
    Place privileged = context.at("privileged");
    Place escalation = context.at("allowPrivilegeEscalation");
    Place added = context.at("capabilities", "add");
    Place mount = context.at("procMount");
    return Stream.of(
            shared(context),
            privileged.refusedIf(
                privileged.isTrue(),
                "is true, which gives the pod its whole node",
                Place.LEAVE_OUT),
            escalation.refusedIf(
                escalation.isTrue(), "is true, and workers gain no privileges", Place.LEAVE_OUT),
            added.refusedIf(
                added.hasItems(), "adds capabilities, and workers have none", Place.LEAVE_OUT),
            mount.refusedIf(
                !Set.of("", "Default").contains(mount.text()),
                "shows the kernel's files unmasked",
                Place.LEAVE_OUT))
        .flatMap(refusals -> refusals);
  }

  private static Stream<PlanError> shared(Place context) {
    Place nonRoot = context.at("runAsNonRoot");
    Place user = context.at("runAsUser");
    Place seccomp = context.at("seccompProfile", "type");
    Place appArmor = context.at("appArmorProfile", "type");
    Place windows = context.at("windowsOptions");
    return Stream.of(
            nonRoot.refusedIf(
                !nonRoot.isEmpty() && !nonRoot.isTrue(),
                "is false, and workers never run as root",
                Place.LEAVE_OUT),
            user.refusedIf(
                !user.isEmpty() && user.value().asLong() == 0,
                "is 0, and workers never run as root",
                "name the user whose storage they write to, or leave it out"),
            seccomp.refusedIf(
                !Set.of("", "RuntimeDefault").contains(seccomp.text()),
                "is '%s', and workers run under RuntimeDefault".formatted(seccomp.text()),
                Place.LEAVE_OUT),
            appArmor.refusedIf(
                !Set.of("", "RuntimeDefault", "Localhost").contains(appArmor.text()),
                "is '%s'".formatted(appArmor.text()),
                "leave it out, or choose RuntimeDefault"),
            context
                .at("seLinuxOptions")
                .fields()
                .filter(option -> !option.getKey().equals("level"))
                .map(Map.Entry::getValue)
                .flatMap(
                    option ->
                        option.refusedIf(
                            !option.text().isEmpty(),
                            "takes the pod out of its SELinux domain",
                            "leave it out; level may be named")),
            windows.refusedIf(
                windows.fields().findAny().isPresent(),
                "is for Windows, where the worker does not run",
                Place.LEAVE_OUT))
        .flatMap(refusals -> refusals);
  }
}
