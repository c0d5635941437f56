package dev.isoflop.operator.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusAddressTest {
  @Test
  void readsSchemeHostPortAndPath() {
    assertThat(PrometheusAddress.of("http://prometheus.monitoring:9090"))
        .contains(new PrometheusAddress(false, "prometheus.monitoring", 9090, ""));
    assertThat(PrometheusAddress.of("https://Mimir.Example/team-a/prometheus/"))
        .contains(new PrometheusAddress(true, "mimir.example", 443, "/team-a/prometheus"));
    assertThat(PrometheusAddress.of("http://10.0.0.7"))
        .contains(new PrometheusAddress(false, "10.0.0.7", 80, ""));
    assertThat(PrometheusAddress.of("http://[fd00::7]:9090"))
        .contains(new PrometheusAddress(false, "[fd00::7]", 9090, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "prometheus:9090",
        "http://",
        "http:///path",
        "ftp://prometheus",
        "file:///etc/passwd",
        "http://a b",
        "http://host:9090/x?y=#",
        "http://host:9090?query=up",
        "http://host:9090/#fragment",
        "http://user@host:9090",
        "http://user:password@host:9090",
        "http://host@evil:9090",
        "http://host:9090/../admin",
        "http://host:9090/a/../../admin",
        "http://host:9090/./admin",
        "http://host:9090/%2e%2e/admin",
        "http://host:9090/%0d%0aHost:%20evil",
        "http://host:9090/a\r\nHost: evil",
        "http://host:9090/a\nb",
        "http://host:9090//evil/path",
        "http://host:9090/a;b",
        "http://host\\@evil",
        "http://host:0",
        "http://host:65536",
        "http://host:99999",
        "http://host:",
        "http://host.:9090",
        "http://.host",
        "http://-host",
        "http://under_score",
        "http://h\u00f6st",
        "http://\uff11\uff12\uff17.0.0.1",
        "http://2130706433",
        "http://127.1",
        "http://0177.0.0.1",
        "http://0x7f.0.0.1",
        "http://0x7f000001",
        "http://evil.0x7f",
        "http://256.0.0.1",
        "http://1.2.3",
        "http://[::1",
        "http://[:::]",
        "http://[fe80::1%25eth0]",
        "http://host:9090 ",
        " http://host:9090",
        "HTTP://host",
      })
  void nothingElseIsAnAddress(String url) {
    assertThat(PrometheusAddress.of(url)).isEmpty();
  }
}
