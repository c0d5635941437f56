package dev.isoflop.operator.collect;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses that answer for the machine that asks, or for the cloud that it runs in: what is there
 * must not be asked in the name of whoever writes a manifest.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6890">RFC 6890, special purposes</a>
 */
final class LocalAddresses {
  /**
   * Metadata services that are not link-local: Alibaba, Oracle Classic and Azure, and by IPv6 those
   * of Google, Oracle, Scaleway, Akamai and Alibaba.
   */
  private static final Set<String> METADATA =
      Set.of(
          "100.100.100.200",
          "192.0.0.192",
          "168.63.129.16",
          "fd20:ce:0:0:0:0:0:254",
          "fd00:c1:0:0:0:0:a9fe:a9fe",
          "fd00:42:0:0:0:0:0:42",
          "fd00:a9fe:a9fe:0:0:0:0:1",
          "fd00:100:0:0:0:0:100:200");

  /** Network of AWS, fd00:ec2::/32: metadata, tokens of pods, names and time. */
  private static final byte[] AWS = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2};

  private LocalAddresses() {}

  /** Whether an address is loopback, link-local, unspecified, multicast or a metadata service. */
  static boolean has(InetAddress address) {
    return address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress())
        || isOfAws(address.getAddress())
        || reserved(address.getAddress())
        || embedded(address).filter(LocalAddresses::has).isPresent();
  }

  private static boolean isOfAws(byte[] bytes) {
    return bytes.length > AWS.length && Arrays.equals(bytes, 0, AWS.length, AWS, 0, AWS.length);
  }

  /** 0.0.0.0/8, this network, and the broadcast address. */
  private static boolean reserved(byte[] bytes) {
    return bytes.length == 4
        && (bytes[0] == 0 || Arrays.equals(bytes, new byte[] {-1, -1, -1, -1}));
  }

  /**
   * The IPv4 address that an IPv6 address stands for: compatible, mapped as SIIT does
   * (::ffff:0:0:0/96), translated (NAT64, 64:ff9b::/96 and 64:ff9b:1::/48), or 6to4.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6052">RFC 6052, addresses of translators</a>
   */
  private static Optional<InetAddress> embedded(InetAddress address) {
    if (address instanceof Inet4Address) {
      return Optional.empty();
    }
    byte[] bytes = address.getAddress();
    boolean compatible = zeros(bytes, 0, 12);
    boolean mapped = zeros(bytes, 0, 8) && bytes[8] == -1 && bytes[9] == -1 && zeros(bytes, 10, 12);
    boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == -1 && bytes[3] == (byte) 0x9b;
    boolean local = nat64 && bytes[4] == 0 && bytes[5] == 1;
    if (compatible || mapped || local || (nat64 && zeros(bytes, 4, 12))) {
      return ipv4(bytes, 12);
    }
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    return sixToFour ? ipv4(bytes, 2) : Optional.empty();
  }

  private static boolean zeros(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<InetAddress> ipv4(byte[] bytes, int from) {
    try {
      return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
