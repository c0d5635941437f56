package dev.isoflop.worker.data.shard.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.remote.Caches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardLocatorTest {
  private final Path folder;

  ShardLocatorTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("a b"));
    Files.createDirectories(folder.resolve("x/deep"));
    for (String name : new String[] {"00.tar", "01.tar", "02.tar", "note.txt", "a b/1+1.tar"}) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.writeString(folder.resolve("x/deep/00.tar"), "deep");
  }

  @Test
  void findsRangesGlobsAndListsInTheOrderWritten() throws DataException {
    assertThat(locate("{00..02}.tar")).containsExactly("00.tar", "01.tar", "02.tar");
    assertThat(locate("0?.tar")).containsExactly("00.tar", "01.tar", "02.tar");
    assertThat(locate("0[12].tar, 00.tar")).containsExactly("01.tar", "02.tar", "00.tar");
    assertThat(locate("*/*/*.tar")).containsExactly("x/deep/00.tar");
    assertThat(locate("./x/../x/deep/00.tar")).containsExactly("x/deep/00.tar");
  }

  @Test
  void twoStarsMeanEveryDepth() throws Exception {
    assertThat(locate("**/*.tar"))
        .containsExactlyInAnyOrder("00.tar", "01.tar", "02.tar", "a b/1+1.tar", "x/deep/00.tar");
    assertThat(locate("x/**/00.tar")).containsExactly("x/deep/00.tar");
    assertThat(locate("x/deep/**/*.tar")).containsExactly("x/deep/00.tar");
    assertThat(locate("x/**")).containsExactly("x/deep/00.tar");
  }

  @Test
  void starsPassOverWhatIsHidden() throws Exception {
    Files.createDirectories(folder.resolve(".Trash"));
    Files.createDirectories(folder.resolve("y"));
    for (String hidden : List.of("._00.tar", ".Trash/00.tar", "y/._0.tar", "y/0.tar")) {
      Files.writeString(folder.resolve(hidden), hidden);
    }

    assertThat(locate("*.tar")).containsExactly("00.tar", "01.tar", "02.tar");
    assertThat(locate("?_00.tar, y/[!x]*.tar", Kind.Missing)).contains("no file matches");
    assertThat(locate("y/**/*.tar")).containsExactly("y/0.tar");
    assertThat(locate("**/00.tar")).containsExactlyInAnyOrder("00.tar", "x/deep/00.tar");
    assertThat(locate(".*/*.tar, ._*.tar")).containsExactly(".Trash/00.tar", "._00.tar");
  }

  /** A folder that is linked into itself is gone through once. */
  @Test
  void twoStarsEndWhereLinksGoInCircles() throws Exception {
    Files.createSymbolicLink(folder.resolve("x/deep/up"), folder.resolve("x"));

    assertThat(locate("x/**/*.tar")).contains("x/deep/00.tar").hasSizeLessThan(3);
  }

  private String locate(String uri, Kind kind) {
    try {
      return "found " + locate(uri);
    } catch (DataException e) {
      assertThat(e.kind()).isEqualTo(kind);
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void readsFileUrisWithEscapes() throws DataException {
    assertThat(locate("file://" + folder + "/{00..01}.tar")).containsExactly("00.tar", "01.tar");
    assertThat(locate("file:" + folder + "/a%20b/1+1.tar")).containsExactly("a b/1+1.tar");
    assertThat(locate("file://localhost" + folder + "/*.tar")).hasSize(3);
    assertThat(locate(folder + "/a b/1+1.tar")).containsExactly("a b/1+1.tar");
  }

  @Test
  void saysWhichShardsOfARangeAreMissing() {
    assertFault("{00..05}.tar", Kind.Missing)
        .hasMessage(
            "data.train.uri: 3 of the 6 shards of '{00..05}.tar' are missing, the first of them '"
                + folder.resolve("03.tar")
                + "' (looked from "
                + folder
                + "); check the path, the mount and the brace range");
  }

  @Test
  void saysWhereItLookedForASingleShard() {
    assertFault("nowhere.tar", Kind.Missing)
        .hasMessageStartingWith(
            "data.train.uri: no file '%s' (looked from %s)"
                .formatted(folder.resolve("nowhere.tar"), folder));
  }

  @Test
  void saysThatAGlobMatchesNothing() {
    assertFault("*.tgz", Kind.Missing)
        .hasMessageStartingWith("data.train.uri: no file matches '*.tgz' (looked from " + folder);
    assertFault("nowhere/*.tar", Kind.Missing).hasMessageContaining("no file matches");
  }

  @Test
  void refusesWhatCanNeverNameShards() {
    assertFault("s3://bucket/{0..9}.tar", Kind.Setting)
        .hasMessageContaining("is neither on a file system nor behind http ('s3:')");
    assertFault("file://otherhost/x.tar", Kind.Setting).hasMessageContaining("host 'otherhost'");
    assertFault("{9..0}.tar", Kind.Setting).hasMessageContaining("it ends before it begins");
    assertFault("00.tar,,01.tar", Kind.Setting).hasMessageContaining("a path is empty");
    assertFault("00.tar,x/../00.tar", Kind.Setting).hasMessageContaining("is named twice");
    assertFault("x", Kind.Setting).hasMessageContaining("is a directory; name its shards");
    assertFault("file:/a%zz.tar", Kind.Setting).hasMessageContaining("percent sign as %25");
    assertFault("a\0b.tar", Kind.Setting).hasMessageContaining("is not a path");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFault(String uri, Kind kind) {
    return assertThatThrownBy(() -> locate(uri))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  private List<String> locate(String uri) throws DataException {
    return new ShardLocator("data.train.uri", folder, Caches.none())
        .locate(uri).stream()
            .map(shard -> folder.relativize(Path.of(shard.name())).toString())
            .toList();
  }
}
