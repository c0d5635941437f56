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
  /** Metadata services that are not link-local: Alibaba, Oracle, Azure, and AWS by IPv6. */
  private static final Set<String> METADATA =
      Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

  private LocalAddresses() {}

  /** Whether an address is loopback, link-local, unspecified, multicast or a metadata service. */
  static boolean has(InetAddress address) {
    return address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress())
        || reserved(address.getAddress())
        || embedded(address).filter(LocalAddresses::has).isPresent();
  }

  /** 0.0.0.0/8, this network, and the broadcast address. */
  private static boolean reserved(byte[] bytes) {
    return bytes.length == 4
        && (bytes[0] == 0 || Arrays.equals(bytes, new byte[] {-1, -1, -1, -1}));
  }

  /** The IPv4 address that an IPv6 address stands for: compatible, translated (NAT64), or 6to4. */
  private static Optional<InetAddress> embedded(InetAddress address) {
    if (address instanceof Inet4Address) {
      return Optional.empty();
    }
    byte[] bytes = address.getAddress();
    boolean zeros = zeros(bytes, 4, 12);
    boolean compatible = zeros && zeros(bytes, 0, 4);
    boolean translated =
        zeros
            && bytes[0] == 0
            && bytes[1] == 0x64
            && (bytes[2] & 0xff) == 0xff
            && (bytes[3] & 0xff) == 0x9b;
    if (compatible || translated) {
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
