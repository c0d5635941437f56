package dev.isoflop.worker.data.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate nobody vouches for; the JDK's keytool makes it. */
final class UntrustedServerTest {
  private static final String PASSWORD = "changeit";

  @Test
  void isRefusedAtOnce(@TempDir Path folder) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(folder.resolve("keys.p12"))));
    server.start();
    List<Duration> pauses = new ArrayList<>();
    try {
      RemoteCache cache =
          new RemoteCache(
              new CacheSettings(folder.resolve("cache"), 1000),
              Clock.systemUTC(),
              line -> {},
              Retries.DEFAULT,
              pauses::add);
      URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/x.tar");

      assertThatThrownBy(() -> cache.open(uri, "data.train.uri"))
          .isInstanceOfSatisfying(
              DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.Setting))
          .hasMessageContaining("shows a certificate that is not trusted")
          .hasMessageContaining("javax.net.ssl.trustStore");
      assertThat(pauses).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  private static SSLContext context(Path keys) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(keys)) {
      store.load(input, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
