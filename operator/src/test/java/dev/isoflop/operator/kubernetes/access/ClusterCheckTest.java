package dev.isoflop.operator.kubernetes.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.kubernetes.access.ClusterFault.Kind;
import dev.isoflop.operator.kubernetes.reconcile.OperatorSettings.Lease;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a cluster cannot be worked with is one line that names the way out. */
class ClusterCheckTest {
  private static final ClusterCheck ALL_NAMESPACES = new ClusterCheck(Set.of(), Optional.empty());
  private static final ClusterCheck ONE_NAMESPACE =
      new ClusterCheck(Set.of("research"), Optional.of(new Lease("research", "isoflop")));

  private static Config server(String url) {
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl(url).build();
    NamedContext context = new NamedContext();
    context.setName("lab");
    config.setCurrentContext(context);
    return config;
  }

  private static ClusterFault faultOf(
      ClusterCheck check, Function<String, Optional<AnsweringServer.Refusal>> refusals)
      throws IOException {
    try (AnsweringServer server = AnsweringServer.plain(refusals)) {
      String url = "http://" + server.address();
      ClusterFault fault = check.fault(server(url)).orElseThrow();
      assertThat(fault.message()).startsWith(url + ": ").doesNotContain("\n");
      return fault;
    }
  }

  private static Function<String, Optional<AnsweringServer.Refusal>> always(
      int code, String message) {
    return path -> Optional.of(new AnsweringServer.Refusal(code, message));
  }

  private static Function<String, Optional<AnsweringServer.Refusal>> at(
      String end, int code, String message) {
    return path ->
        path.endsWith(end)
            ? Optional.of(new AnsweringServer.Refusal(code, message))
            : Optional.empty();
  }

  @Test
  void aClusterThatAnswersIsNoFault() throws IOException {
    try (AnsweringServer server = AnsweringServer.plain(path -> Optional.empty())) {
      assertThat(ALL_NAMESPACES.fault(server("http://" + server.address()))).isEmpty();
    }
  }

  /** Before its first election there is no lease. */
  @Test
  void aLeaseThatIsNotThereYetIsNoFault() throws IOException {
    try (AnsweringServer server =
        AnsweringServer.plain(at("/leases/isoflop", 404, "leases \"isoflop\" not found"))) {
      assertThat(ONE_NAMESPACE.fault(server("http://" + server.address()))).isEmpty();
    }
  }

  @Test
  void aServerThatDoesNotListenIsAway() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    ClusterFault fault = ALL_NAMESPACES.fault(server("https://127.0.0.1:" + free)).orElseThrow();

    assertThat(fault.kind()).isEqualTo(Kind.Away);
    assertThat(fault.message())
        .startsWith("https://127.0.0.1:" + free + ": the cluster that the context 'lab' of the")
        .contains("does not answer: connection refused; ")
        .endsWith("name another with KUBECONFIG");
  }

  @Test
  void aNameThatNobodyKnowsIsAway() {
    ClusterFault fault = ALL_NAMESPACES.fault(server("https://nowhere.invalid:6443")).orElseThrow();

    assertThat(fault.kind()).isEqualTo(Kind.Away);
    assertThat(fault.message()).contains("does not answer: its name is not known; ");
  }

  @Test
  void aCertificateThatNobodySignedIsRefused(@TempDir Path folder) throws Exception {
    try (AnsweringServer server = AnsweringServer.encrypted(selfSigned(folder))) {
      ClusterFault fault =
          ALL_NAMESPACES.fault(server("https://" + server.address())).orElseThrow();

      assertThat(fault.kind()).isEqualTo(Kind.Configuration);
      assertThat(fault.message())
          .contains("no secure connection to the server that the context 'lab'")
          .contains("check certificate-authority");
    }
  }

  private static SSLContext selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("store");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "me",
                "-keyalg",
                "EC",
                "-dname",
                "CN=me",
                "-storepass",
                "secret",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void aCertificateAuthorityThatIsNotThereIsNamed(@TempDir Path folder) {
    Config config = server("https://127.0.0.1:1");
    config.setCaCertFile(folder.resolve("ca.crt").toString());

    ClusterFault fault = ALL_NAMESPACES.fault(config).orElseThrow();

    assertThat(fault.kind()).isEqualTo(Kind.Configuration);
    assertThat(fault.message())
        .contains("cannot be used: " + folder.resolve("ca.crt"), "check certificate-authority");
  }

  @Test
  void credentialsThatExpiredAreToldAsSuch() throws IOException {
    ClusterFault fault = faultOf(ALL_NAMESPACES, always(401, "Unauthorized"));

    assertThat(fault.kind()).isEqualTo(Kind.Configuration);
    assertThat(fault.message()).contains("401, Unauthorized", "expired", "log in again");
  }

  @Test
  void rightsThatLackAreNamed() throws IOException {
    ClusterFault fault =
        faultOf(ONE_NAMESPACE, at("/jobs", 403, "User \"me\" cannot list resource \"jobs\""));

    assertThat(fault.kind()).isEqualTo(Kind.Lacking);
    assertThat(fault.message())
        .contains("the operator may not list jobs in namespace research: 403, User \"me\"")
        .contains("Role that the chart makes", "--namespaces");
  }

  @Test
  void aLeaseThatMayNotBeReadIsNamed() throws IOException {
    assertThat(faultOf(ONE_NAMESPACE, at("/leases/isoflop", 403, "forbidden")).message())
        .contains("may not get leases in namespace research");
  }

  @Test
  void crdsThatLackAreNamed() throws IOException {
    ClusterFault fault =
        faultOf(
            ALL_NAMESPACES, at("/trials", 404, "the server could not find the requested resource"));

    assertThat(fault.kind()).isEqualTo(Kind.Lacking);
    assertThat(fault.message()).contains("list trials", "install the CRDs", "helm/isoflop/files");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aServerThatIsNotWellMayBeLater(int code) throws IOException {
    ClusterFault fault = faultOf(ALL_NAMESPACES, always(code, "not now"));

    assertThat(fault.kind()).isEqualTo(Kind.Away);
    assertThat(fault.message()).contains(code + ", not now", "try again");
  }

  @Test
  void whatIsNoApiServerIsSaidToBe() throws IOException {
    ClusterFault fault =
        faultOf(ALL_NAMESPACES, always(400, "Client sent an HTTP request to an HTTPS server."));

    assertThat(fault.kind()).isEqualTo(Kind.Configuration);
    assertThat(fault.message()).contains("HTTPS server; see that it is the API server");
  }
}
