package dev.isoflop.operator.collect;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hosts that an operator may ask in the name of whoever writes a manifest: an allow-list of names,
 * of {@code *.SUFFIX} for all names below a suffix, and of IP addresses. A name of one or two
 * labels that is not in the list is the short form of a Service: {@code NAME} of one in the
 * operator's namespace, {@code NAME.NAMESPACE} of one in another, and is asked for as {@code
 * NAME.NAMESPACE.svc}.
 */
public final class AllowedHosts {
  /** Services of the cluster. */
  public static final List<String> SERVICES = List.of("*.svc", "*.svc.cluster.local");

  private static final Pattern FORM =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
              + "|\\[[0-9a-f:.]+]");

  private final List<String> patterns;
  private final Set<InetAddress> addresses;
  private final Optional<String> namespace;

  /**
   * @param patterns names, {@code *.SUFFIX}, IPv4 addresses, and IPv6 addresses in brackets
   * @param namespace of Services that are written by their name alone; empty if there is none
   * @throws IllegalArgumentException if a pattern is none; the message names it
   */
  public AllowedHosts(List<String> patterns, Optional<String> namespace) {
    this.patterns = patterns.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    this.patterns.stream()
        .filter(text -> !FORM.matcher(text).matches())
        .findFirst()
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(
                  "'%s' is not a host name; give names, such as prometheus.example, *.svc for all names"
                          .formatted(text)
                      + " below svc, or IP addresses, IPv6 in brackets");
            });
    this.addresses =
        this.patterns.stream()
            .flatMap(text -> PrometheusAddress.ip(text).stream())
            .collect(toUnmodifiableSet());
    this.namespace = namespace;
  }

  /** Whether the list allows to ask an address. */
  public boolean allows(PrometheusAddress address) {
    return name(address).isPresent();
  }

  /** The name by which the host of an allowed address is to be looked up; empty if none is. */
  Optional<String> name(PrometheusAddress address) {
    Optional<InetAddress> ip = address.ip();
    if (ip.isPresent()) {
      return ip.filter(addresses::contains).map(found -> address.host());
    }
    String host = address.host();
    return listed(host) ? Optional.of(host) : service(host).filter(this::listed);
  }

  private Optional<String> service(String host) {
    return switch (host.split("\\.", -1).length) {
      case 1 -> namespace.map(own -> host + "." + own + ".svc");
      case 2 -> Optional.of(host + ".svc");
      default -> Optional.empty();
    };
  }

  private boolean listed(String name) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.startsWith("*.")
                    ? name.endsWith(pattern.substring(1))
                    : name.equals(pattern));
  }

  /** Whether a name that is allowed may lead to an address: to a local one only if it is listed. */
  boolean permits(InetAddress address) {
    return addresses.contains(address) || !LocalAddresses.has(address);
  }
}
