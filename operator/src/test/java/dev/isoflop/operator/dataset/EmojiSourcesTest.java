package dev.isoflop.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

final class EmojiSourcesTest {
  @Test
  void everyPackageIsPinnedByItsContentAndCarriesItsLicence() {
    EmojiSources sources = EmojiSources.pinned();

    for (PackagePin pin :
        new PackagePin[] {sources.captions(), sources.google(), sources.twitter()}) {
      assertThat(pin.integrity()).startsWith("sha512-");
      assertThat(Base64.getDecoder().decode(pin.integrity().substring(7))).hasSize(64);
      assertThat(pin.bytes()).isGreaterThan(1_000_000);
      assertThat(pin.version()).matches("\\d+\\.\\d+\\.\\d+");
      assertThat(pin.licence()).isIn("MIT", "Apache-2.0", "CC-BY-4.0");
      assertThat(pin.attribution()).isNotBlank();
    }
    assertThat(sources.google().archiveName()).isEqualTo("emoji-datasource-google-16.0.0.tgz");
  }

  @Test
  void knowsThePictureThatIsNotWhatItsLabelSays() {
    assertThat(EmojiSources.pinned().excludes("google", "1F1E8-1F1F6")).isTrue();
    assertThat(EmojiSources.pinned().excludes("twitter", "1F1E8-1F1F6")).isFalse();
  }

  @Test
  void archivesOfScopedPackagesAreNamedAsTheClientDoes() {
    assertThat(new PackagePin("@scope/name", "1.0.0", 1, "", "", "").archiveName())
        .isEqualTo("scope-name-1.0.0.tgz");
  }
}
