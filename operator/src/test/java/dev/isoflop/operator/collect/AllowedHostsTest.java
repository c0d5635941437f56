package dev.isoflop.operator.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
  private static final AllowedHosts SERVICES =
      new AllowedHosts(AllowedHosts.SERVICES, Optional.of("isoflop"));

  private static Optional<String> name(AllowedHosts allowed, String host) {
    return allowed.name(PrometheusAddress.of("http://" + host + ":9090").orElseThrow());
  }

  @Test
  void servicesOfTheClusterAreAskedByNamesThatOnlyItCanAnswer() {
    assertThat(name(SERVICES, "prometheus")).contains("prometheus.isoflop.svc");
    assertThat(name(SERVICES, "prometheus.monitoring")).contains("prometheus.monitoring.svc");
    assertThat(name(SERVICES, "prometheus.monitoring.svc")).contains("prometheus.monitoring.svc");
    assertThat(name(SERVICES, "a.b.svc.cluster.local")).contains("a.b.svc.cluster.local");
    assertThat(name(SERVICES, "evil.com")).as("a Service of that name").contains("evil.com.svc");
    assertThat(name(SERVICES, "localhost")).contains("localhost.isoflop.svc");
    assertThat(name(new AllowedHosts(AllowedHosts.SERVICES, Optional.empty()), "prometheus"))
        .as("of no namespace")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example.com",
        "metadata.google.internal",
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[fd00::1]",
        "a.b.svc.evil.example",
        "a.b.svc.cluster.local.evil.example",
        "a.svcx.y"
      })
  void othersAreNotAskedUnlessTheyAreListed(String host) {
    assertThat(name(SERVICES, host)).isEmpty();
    assertThat(name(new AllowedHosts(List.of(host), Optional.empty()), host)).contains(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "::",
        "::1",
        "fe80::1",
        "ff02::1",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "fd00:c1::a9fe:a9fe",
        "fd00:42::42",
        "fd00:a9fe:a9fe::1",
        "fd00:100::100:200",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::169.254.169.254",
        "::ffff:0:169.254.169.254",
        "2002:7f00:1::",
      })
  void namesLeadToNoLocalAddress(String ip) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(ip);
    assertThat(SERVICES.permits(address)).isFalse();
    AllowedHosts listed =
        new AllowedHosts(List.of(ip.contains(":") ? "[" + ip + "]" : ip), Optional.empty());
    assertThat(listed.permits(address)).as("where it is listed as such").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.96.0.10",
        "192.168.1.1",
        "100.64.0.1",
        "fd12::1",
        "2001:db8::1",
        "fd20:ce::255",
        "fd00:ec3::254",
        "64:ff9b:1::10.0.0.1",
        "64:ff9b::10.0.0.1"
      })
  void namesLeadToAnyOther(String ip) throws UnknownHostException {
    assertThat(SERVICES.permits(InetAddress.getByName(ip))).isTrue();
  }

  @Test
  void whatIsNoHostIsNamed() {
    for (String text : List.of("*", "*svc", "a b", "http://a", "*.*", "a:9090", "[::1")) {
      assertThatThrownBy(() -> new AllowedHosts(List.of("*.svc", text), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + text + "'");
    }
  }
}
