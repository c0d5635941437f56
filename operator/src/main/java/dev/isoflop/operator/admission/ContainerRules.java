package dev.isoflop.operator.admission;

import dev.isoflop.operator.plan.PlanError;
import java.util.stream.Stream;

/** Refuses what no container may ask for, be it the worker, an init container or a sidecar. */
final class ContainerRules {
  private ContainerRules() {}

  static Stream<PlanError> problems(Place container) {
    return Stream.of(
            container.at("name").refusedIfOwn("container"),
            hostPorts(container.at("ports")),
            hosts(container),
            SecurityContextRules.ofContainer(container.at("securityContext")))
        .flatMap(refusals -> refusals);
  }

  private static Stream<PlanError> hostPorts(Place ports) {
    return ports
        .items()
        .map(port -> port.at("hostPort"))
        .filter(port -> port.value().asInt(0) != 0)
        .map(
            port ->
                port.refused("is %s, a port of the node".formatted(port.text()), Place.LEAVE_OUT));
  }

  /** The kubelet asks from the node, past the network policies that hold for the pod. */
  private static Stream<PlanError> hosts(Place container) {
    return Stream.of(
            container.at("startupProbe"),
            container.at("livenessProbe"),
            container.at("readinessProbe"),
            container.at("lifecycle", "postStart"),
            container.at("lifecycle", "preStop"))
        .flatMap(
            handler -> Stream.of(handler.at("httpGet", "host"), handler.at("tcpSocket", "host")))
        .filter(host -> !host.text().isEmpty())
        .map(
            host ->
                host.refused(
                    "is '%s', and the node would ask that in the pod's place"
                        .formatted(host.text()),
                    "leave it out; the pod itself is asked"));
  }
}
