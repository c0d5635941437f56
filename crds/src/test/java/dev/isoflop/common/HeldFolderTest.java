package dev.isoflop.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that somebody could put into a folder of a shared claim to lead a worker elsewhere.
 */
class HeldFolderTest {
  @TempDir Path claim = Path.of("");

  private Path own = Path.of("");
  private Path elsewhere = Path.of("");
  private Path secret = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    own = Files.createDirectory(claim.resolve("own"));
    elsewhere = Files.createDirectory(claim.resolve("elsewhere"));
    secret = Files.writeString(elsewhere.resolve("secret"), "secret");
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void assertNothingHappenedElsewhere() throws IOException {
    assertThat(secret).hasContent("secret");
    assertThat(elsewhere.toFile().list()).containsExactly("secret");
  }

  @Test
  void filesAreReplacedReadListedAndRemoved() throws IOException {
    try (HeldFolder folder = HeldFolder.make(own.resolve("a/b"))) {
      folder.replace("x", ".new", true, channel -> write(channel, "one"));
      folder.replace("x", ".new", false, channel -> write(channel, "two"));
      assertThat(folder.names()).containsExactly("x");
      assertThat(own.resolve("a/b/x")).hasContent("two");
      assertThat(folder.names()).as("as often as asked").containsExactly("x");
      folder.delete("x");
      folder.delete("x");
      assertThat(folder.names()).isEmpty();
      assertThatThrownBy(() -> folder.open("x", StandardOpenOption.READ))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aLinkInPlaceOfAFileIsNeitherReadNorWrittenThrough() throws IOException {
    Files.createSymbolicLink(own.resolve("x"), secret);
    Files.createSymbolicLink(own.resolve("y.new"), secret);
    Files.createSymbolicLink(own.resolve("z"), elsewhere.resolve("made"));
    try (HeldFolder folder = HeldFolder.open(own)) {
      assertThatThrownBy(() -> folder.open("x", StandardOpenOption.READ))
          .hasMessageContaining("is a symbolic link, which is not followed");
      assertThatThrownBy(
              () -> folder.open("z", StandardOpenOption.CREATE, StandardOpenOption.WRITE))
          .hasMessageContaining("is a symbolic link, which is not followed");
      folder.replace("x", ".new", true, channel -> write(channel, "mine"));
      folder.replace("y", ".new", true, channel -> write(channel, "mine"));
    }
    assertThat(own.resolve("x")).isRegularFile().hasContent("mine");
    assertThat(Files.isSymbolicLink(own.resolve("x"))).isFalse();
    assertNothingHappenedElsewhere();
  }

  @Test
  void anotherNameOfAFileIsNotWrittenThrough() throws IOException {
    Files.createLink(own.resolve("x.new"), secret);
    Files.createLink(own.resolve("x"), secret);
    try (HeldFolder folder = HeldFolder.open(own)) {
      folder.replace("x", ".new", true, channel -> write(channel, "mine"));
    }
    assertThat(own.resolve("x")).hasContent("mine");
    assertNothingHappenedElsewhere();
  }

  @Test
  void aWriteThatFailsLeavesWhatWasThere() throws IOException {
    Files.writeString(own.resolve("x"), "old");
    try (HeldFolder folder = HeldFolder.open(own)) {
      assertThatThrownBy(
              () ->
                  folder.replace(
                      "x",
                      ".new",
                      true,
                      channel -> {
                        write(channel, "half");
                        throw new IOException("No space left on device");
                      }))
          .hasMessage("No space left on device");
      assertThat(folder.names()).containsExactly("x");
    }
    assertThat(own.resolve("x")).hasContent("old");
  }

  @Test
  void aLinkInPlaceOfAFolderIsNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(own.resolve("checkpoint"), elsewhere);

    assertThatThrownBy(() -> HeldFolder.open(link)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> HeldFolder.make(link))
        .hasMessageContaining("is a symbolic link, which is not followed");
    Files.createSymbolicLink(own.resolve("dangling"), elsewhere.resolve("made"));
    assertThatThrownBy(() -> HeldFolder.make(own.resolve("dangling")))
        .isInstanceOf(FileSystemException.class);
    assertNothingHappenedElsewhere();
  }

  /** Between the look and the use: the folder is swapped while it is held. */
  @Test
  void aFolderThatIsSwappedForALinkStillIsTheOneThatIsHeld() throws IOException {
    Path folder = Files.createDirectory(own.resolve("checkpoint"));
    Path moved = own.resolve("moved");
    try (HeldFolder held = HeldFolder.open(folder)) {
      Files.move(folder, moved);
      Files.createSymbolicLink(folder, elsewhere);

      held.replace("secret", ".new", false, channel -> write(channel, "mine"));

      assertThat(held.names()).containsExactly("secret");
      assertThat(moved.resolve("secret")).hasContent("mine");
      held.delete("secret");
      assertThat(moved).isEmptyDirectory();
    }
    assertNothingHappenedElsewhere();
  }

  /** The same, by one who swaps all the time. */
  @Test
  void noRaceLeadsElsewhere() throws Exception {
    Path folder = Files.createDirectory(own.resolve("checkpoint"));
    Path aside = own.resolve("aside");
    AtomicBoolean over = new AtomicBoolean();
    Thread swapper =
        new Thread(
            () -> {
              while (!over.get()) {
                try {
                  Files.move(folder, aside);
                  Files.createSymbolicLink(folder, elsewhere);
                  Files.delete(folder);
                  Files.move(aside, folder);
                } catch (IOException e) {
                  // the other side was in the way
                }
              }
            });
    swapper.start();
    int written = 0;
    for (int i = 0; i < 500; i++) {
      try (HeldFolder held = HeldFolder.open(folder)) {
        held.replace("secret", ".new", false, channel -> write(channel, "mine"));
        written++;
      } catch (IOException e) {
        // a link, or nothing, just then
      }
    }
    over.set(true);
    swapper.join();

    assertThat(written).isPositive();
    assertNothingHappenedElsewhere();
  }

  @Test
  void foldersAreOfOwnerAndGroupAlone() throws IOException {
    HeldFolder.make(own.resolve("a/b")).close();
    try (HeldFolder folder = HeldFolder.open(own);
        HeldFolder made = folder.makeFolder("c");
        HeldFolder found = folder.makeFolder("c")) {
      assertThat(made.isNew()).isTrue();
      assertThat(found.isNew()).isFalse();
      made.giveToGroup();
    }

    assertThat(rights("a")).matches("rwx.{3}---");
    assertThat(rights("a/b")).matches("rwx.{3}---");
    assertThat(rights("c")).isEqualTo("rwxrwx---");
    Path given = Files.createDirectory(own.resolve("given"));
    Files.setPosixFilePermissions(given, PosixFilePermissions.fromString("rwxr-xr-x"));
    HeldFolder.make(given).close();
    assertThat(rights("given")).as("what was there stays as it is").isEqualTo("rwxr-xr-x");
  }

  /** As the kubelet sets up volumes with an fsGroup: what is made belongs to the folder's group. */
  @Test
  void foldersKeepGivingWhatIsMadeInThemToTheirGroup() throws IOException {
    Files.setAttribute(own, "unix:mode", 02775);
    try (HeldFolder folder = HeldFolder.open(own);
        HeldFolder made = folder.makeFolder("a");
        HeldFolder below = made.makeFolder("b")) {
      made.giveToGroup();
      below.giveToGroup();
    }

    assertThat((int) Files.getAttribute(own.resolve("a"), "unix:mode") & 07777).isEqualTo(02770);
    assertThat((int) Files.getAttribute(own.resolve("a/b"), "unix:mode") & 07777).isEqualTo(02770);
  }

  private String rights(String folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve(folder)));
  }
}
