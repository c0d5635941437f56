package dev.isoflop.operator.collect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Address of a Prometheus. Only what such an address needs can be written: no user, query,
 * fragment, escape or step upwards, so that nothing but {@code PATH/api/v1/query} is ever asked.
 *
 * @param tls whether by HTTPS
 * @param host a name in lower case, an IPv4 address, or an IPv6 address in brackets
 * @param path empty, or begins with a slash and does not end with one
 */
public record PrometheusAddress(boolean tls, String host, int port, String path) {
  /** Description of addresses, for messages. */
  public static final String EXPECTED =
      "http or https with a host, a port and a plain path and nothing else, such as"
          + " http://prometheus.monitoring:9090";

  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?"
              + "((?:/[A-Za-z0-9._~-]+)*)/?");

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  /** A name whose last label is a number is taken for an address by some resolvers. */
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /** Reads an address; empty for anything else. */
  public static Optional<PrometheusAddress> of(String url) {
    Matcher parts = FORM.matcher(url);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean tls = parts.group(1).equals("https");
    int port = parts.group(3) == null ? standardPort(tls) : Integer.parseInt(parts.group(3));
    String path = parts.group(4);
    boolean plain = !(path + "/").contains("/./") && !(path + "/").contains("/../");
    PrometheusAddress address =
        new PrometheusAddress(tls, parts.group(2).toLowerCase(Locale.ROOT), port, path);
    return plain && port >= 1 && port <= 65535 && address.hostIsPlain()
        ? Optional.of(address)
        : Optional.empty();
  }

  private static int standardPort(boolean tls) {
    return tls ? 443 : 80;
  }

  private boolean hostIsPlain() {
    boolean number = host.startsWith("[") || NUMBER.matcher(host).matches();
    return number ? ip().isPresent() : NAME.matcher(host).matches();
  }

  /** The address that the host is written as; empty for a name. */
  Optional<InetAddress> ip() {
    return ip(host);
  }

  /** Reads an IPv4 address, or an IPv6 address in brackets, without asking for names. */
  static Optional<InetAddress> ip(String text) {
    if (!IPV4.matcher(text).matches() && !text.startsWith("[")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
