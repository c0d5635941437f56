package dev.isoflop.operator.collect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever answers by HTTPS proves to be the host that was named. */
class PrometheusTlsTest {
  private static final String PASSWORD = "changeit";

  private static SSLContext selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=secret",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString()))
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefusedBeforeAnythingIsAsked(@TempDir Path folder)
      throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger asked = new AtomicInteger();
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
    server.createContext("/", exchange -> asked.incrementAndGet());
    server.start();
    try (HttpExchanges exchanges = new HttpExchanges();
        PrometheusScraper scraper =
            new PrometheusScraper(
                exchanges,
                new AllowedHosts(List.of("127.0.0.1"), Optional.empty()),
                Clock.systemUTC(),
                Duration.ofSeconds(20))) {
      PrometheusAddress address =
          PrometheusAddress.of("https://127.0.0.1:" + server.getAddress().getPort()).orElseThrow();
      Scrape scrape =
          requireNonNull(scraper.scrape(address, "ns", "s", Set.of("a")).join().get("a"));
      assertThat(((Scrape.Unreachable) scrape).reason())
          .isEqualTo("Prometheus: no TLS with a certificate that is trusted");
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }
}
