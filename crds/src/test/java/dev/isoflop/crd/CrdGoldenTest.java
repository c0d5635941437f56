package dev.isoflop.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The checked-in CRDs are those of the Java types. After a wanted change write them anew with
 * {@code mvn -pl crds test -Dtest=CrdGoldenTest -Disoflop.golden=write} and review the difference.
 */
class CrdGoldenTest {
  private static final Path FOLDER = Path.of("src/main/resources/META-INF/fabric8");

  static Stream<Class<? extends CustomResource<?, ?>>> resources() {
    return CrdGenerator.RESOURCES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void checkedInCrdIsThatOfTheTypes(Class<? extends CustomResource<?, ?>> resource)
      throws IOException {
    String generated = CrdGenerator.yaml(CrdGenerator.generate(resource));
    Path golden = FOLDER.resolve(CrdGenerator.fileName(resource));
    if ("write".equals(System.getProperty("isoflop.golden"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, generated);
    }
    assertThat(generated).isEqualTo(Files.readString(golden));
  }
}
