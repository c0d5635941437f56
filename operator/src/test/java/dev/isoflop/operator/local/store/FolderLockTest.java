package dev.isoflop.operator.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a run's folder, where somebody else can write there. */
class FolderLockTest {
  @TempDir Path folder;

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws Exception {
    Path precious = Files.writeString(folder.resolve("precious"), "content");
    Path lock = folder.resolve("lock");
    Files.createSymbolicLink(lock, precious);

    assertThatThrownBy(() -> FolderLock.acquire(lock))
        .isInstanceOf(LocalFaultException.class)
        .hasMessageContaining(lock.toString());
    assertThat(precious).hasContent("content");
  }

  @Test
  void isTakenAndGivenBack() throws Exception {
    Path file = folder.resolve("lock");
    try (FolderLock lock = FolderLock.acquire(file)) {
      assertThat(lock).isNotNull();
      assertThat(Files.readString(file)).startsWith(ProcessHandle.current().pid() + "\n");
    }
    assertThat(file).isEmptyFile();
  }
}
