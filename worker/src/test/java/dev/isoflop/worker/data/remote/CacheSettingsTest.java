package dev.isoflop.worker.data.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheSettingsTest {
  @Test
  void lookInTheUsualPlaces() throws Exception {
    Map<String, String> home = Map.of("HOME", "/home/a");
    assertThat(CacheSettings.of(home).folder()).isEqualTo(Path.of("/home/a/.cache/isoflop"));
    assertThat(CacheSettings.of(home).mostBytes()).isEqualTo(64L << 30);

    Map<String, String> own = Map.of("ISOFLOP_CACHE", "/big", "ISOFLOP_CACHE_BYTES", "1000");
    assertThat(CacheSettings.of(own)).isEqualTo(new CacheSettings(Path.of("/big"), 1000));
  }

  @Test
  void refuseAFolderThatIsNone() {
    assertThatThrownBy(() -> CacheSettings.of(Map.of("ISOFLOP_CACHE", "a\0b")))
        .hasMessageStartingWith("ISOFLOP_CACHE: is not a path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "64GiB", "99999999999999999999"})
  void refuseABoundThatIsNone(String bytes) {
    assertThatThrownBy(() -> CacheSettings.of(Map.of("ISOFLOP_CACHE_BYTES", bytes)))
        .hasMessageStartingWith("ISOFLOP_CACHE_BYTES: '" + bytes + "' is not a number of bytes");
  }
}
