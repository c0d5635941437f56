package dev.isoflop.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.common.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmojiShardsTest {
  private static final int EMOJI = 200;

  private final Path folder;
  private final Path registry;
  private final List<String> said = new ArrayList<>();

  EmojiShardsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    registry = Files.createDirectory(folder.resolve("registry"));
  }

  @Test
  void makesThreeSetsWithEveryEmojiInItsPlace() throws Exception {
    FakePackages packages = new FakePackages(registry, EMOJI);
    EmojiDataset dataset = make(packages, "out", 16);

    List<String> train = captions(dataset, 0);
    List<String> evaluation = captions(dataset, 1);
    assertThat(dataset.sets())
        .extracting(EmojiSet::name)
        .containsExactly("google-train", "google-eval", "twitter-eval");
    assertThat(train).hasSize((int) dataset.sets().get(0).samples());
    assertThat(train.size() + evaluation.size()).isEqualTo(3 * EMOJI);
    assertThat(bases(train)).doesNotContainAnyElementsOf(bases(evaluation));
    assertThat(evaluation).hasSize(3 * bases(evaluation).size());
    assertThat(captions(dataset, 2)).containsExactlyElementsOf(evaluation);
    assertThat(dataset.sets().get(1).baseEmoji()).isEqualTo(bases(evaluation).size());
    assertThat(bases(evaluation).size()).as("about 15 % of 200").isBetween(15, 48);
  }

  @Test
  void picturesAreOfTheirEmojiAndSize() throws Exception {
    EmojiDataset dataset = make(new FakePackages(registry, 30), "out", 16);

    List<TarFile> pictures =
        files(dataset, 0).stream().filter(file -> file.name().endsWith(".png")).toList();
    assertThat(pictures).isNotEmpty();
    for (TarFile file : pictures) {
      SquarePixels pixels = SquarePixels.decode(file.content());
      int emoji = Integer.parseInt(file.name().substring(0, 5), 16) - 0x1f000;
      assertThat(pixels.size()).isEqualTo(16);
      assertThat(pixels.rgb()[2] / 3).isEqualTo((byte) emoji);
    }
  }

  @Test
  void shardsAreFullAndNamedByAPattern() throws Exception {
    EmojiSet train = make(new FakePackages(registry, 300), "out", 8).sets().get(0);

    assertThat(train.samples()).isGreaterThan(512).isLessThan(1024);
    assertThat(train.shards())
        .extracting(EmojiSet.Shard::samples)
        .containsExactly(512L, train.samples() - 512);
    assertThat(train.pattern()).isEqualTo("google-train-{00000..00001}.tar");
    for (EmojiSet.Shard shard : train.shards()) {
      byte[] content = Files.readAllBytes(folder.resolve("out").resolve(shard.file()));
      assertThat(content).hasSize((int) shard.bytes());
      assertThat(Sha256.of(content)).isEqualTo(shard.sha256());
    }
  }

  @Test
  void theSameOptionsGiveTheSameBytes() throws Exception {
    FakePackages packages = new FakePackages(registry, 50);
    EmojiDataset one = make(packages, "one", 32);
    EmojiDataset two = make(packages, "two", 32);

    assertThat(two).isEqualTo(one);
    assertThat(Files.readAllBytes(folder.resolve("two/dataset.json")))
        .isEqualTo(Files.readAllBytes(folder.resolve("one/dataset.json")));
  }

  @Test
  void theRecordSaysWhatWentIn() throws Exception {
    FakePackages packages = new FakePackages(registry, 20).exclude("google", FakePackages.hex(3));
    EmojiDataset dataset = make(packages, "out", 32);

    assertThat(Files.readString(folder.resolve("out/dataset.json")))
        .contains("\"licence\" : \"MIT\"", "\"attribution\" : \"by a test\"", "sha512-")
        .contains("\"reason\" : \"a test\"");
    List<String> google = new ArrayList<>(captions(dataset, 0));
    google.addAll(captions(dataset, 1));
    assertThat(google).hasSize(59).doesNotContain("emoji 3").contains("emoji 3: dark");
  }

  @Test
  void emojiWithEqualPicturesStayTogether() throws Exception {
    FakePackages packages = new FakePackages(registry, EMOJI);
    byte[] flag = FakePackages.png(0xffffff);
    for (int i = 0; i < 40; i++) {
      packages.picture(
          i % 2 == 0 ? "google" : "twitter",
          FakePackages.hex(i / 2).toLowerCase(Locale.ROOT),
          flag);
    }
    EmojiDataset dataset = make(packages, "out", 8);

    Set<String> together = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      together.add("emoji " + i);
    }
    Set<String> train = bases(captions(dataset, 0));
    assertThat(train.containsAll(together) || train.stream().noneMatch(together::contains))
        .isTrue();
  }

  @Test
  void whatIsThereAlreadyIsNotMadeAgain() throws Exception {
    FakePackages packages = new FakePackages(registry, 20);
    EmojiDataset made = make(packages, "out", 32);
    packages.fetched().clear();

    assertThat(make(packages, "out", 32)).isEqualTo(made);
    assertThat(packages.fetched()).isEmpty();
    assertThat(said).last().asString().contains("holds this data set already");
  }

  @Test
  void aFolderWithOtherContentIsLeftAlone() throws Exception {
    FakePackages packages = new FakePackages(registry, 20);
    make(packages, "out", 32);
    assertThatThrownBy(() -> make(packages, "out", 16))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            folder.resolve("out")
                + " exists and holds something else; remove it or name another folder");

    Path shard = folder.resolve("out/google-eval-00000.tar");
    byte[] content = Files.readAllBytes(shard);
    content[700] ^= 1;
    Files.write(shard, content);
    assertThatThrownBy(() -> make(packages, "out", 32)).hasMessageContaining("something else");

    Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("thesis.tex"), "!");
    assertThatThrownBy(() -> make(packages, "mine", 32)).hasMessageContaining("something else");
    assertThat(folder.resolve("mine/thesis.tex")).hasContent("!");
    assertNothingUnfinished();
  }

  @Test
  void anEmptyFolderIsUsed() throws Exception {
    Files.createDirectory(folder.resolve("out"));

    assertThat(make(new FakePackages(registry, 20), "out", 32).sets()).hasSize(3);
  }

  @Test
  void keptPackagesAreNotFetchedAgainUnlessTheyAreDamaged() throws Exception {
    FakePackages packages = new FakePackages(registry, 20);
    make(packages, "one", 32);
    assertThat(packages.fetched()).containsExactly("captions", "google", "twitter");
    packages.fetched().clear();
    Files.writeString(folder.resolve("cache/google-1.0.0.tgz"), "damaged");
    make(packages, "two", 32);

    assertThat(packages.fetched()).containsExactly("google");
  }

  @Test
  void aPackageWithOtherContentIsRefusedAndNotKept() throws Exception {
    FakePackages packages = new FakePackages(registry, 20);
    EmojiSources sources = packages.publish();
    Path archive = packages.archiveOf(sources.google());
    byte[] content = Files.readAllBytes(archive);
    content[content.length / 2] ^= 1;
    Files.write(archive, content);

    assertThatThrownBy(() -> make(sources, packages, options("out", 32, List.of())))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("is not google@1.0.0 as pinned")
        .hasMessageContaining(sources.google().integrity())
        .hasMessageContaining("do not use it");
    assertThat(folder.resolve("cache/google-1.0.0.tgz")).doesNotExist();
    assertThat(folder.resolve("out")).doesNotExist();
    assertNothingUnfinished();
  }

  @Test
  void readyPackagesAreCheckedAndUsed() throws Exception {
    FakePackages packages = new FakePackages(registry, 20);
    EmojiSources sources = packages.publish();
    List<Path> ready =
        Stream.of(sources.captions(), sources.google(), sources.twitter())
            .map(packages::archiveOf)
            .toList();
    make(sources, packages, options("out", 32, ready));
    assertThat(packages.fetched()).isEmpty();

    Files.write(ready.get(2), new byte[10]);
    assertThatThrownBy(() -> make(sources, packages, options("other", 32, ready)))
        .hasMessageContaining(ready.get(2) + " (10 bytes")
        .hasMessageContaining("fetch it again from the registry");
  }

  @Test
  void aPictureWithoutALabelIsAnError() throws Exception {
    FakePackages packages =
        new FakePackages(registry, 20).picture("google", "1f999", FakePackages.png(77));

    assertThatThrownBy(() -> make(packages, "out", 32))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("there is no label for package/img/google/64/1f999.png");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aDamagedPictureIsAnError() throws Exception {
    byte[] png = Arrays.copyOf(FakePackages.png(7), 50);
    FakePackages packages = new FakePackages(registry, 20).picture("twitter", "1f001", png);

    assertThatThrownBy(() -> make(packages, "out", 32))
        .hasMessageContaining("cannot decode package/img/twitter/64/1f001.png");
  }

  @Test
  void labelsThatAreNotAsExpectedAreAnError() throws Exception {
    FakePackages packages =
        new FakePackages(registry, 20).captions("package/en/data.json", "[{\"label\": \"x\"}]");

    assertThatThrownBy(() -> make(packages, "out", 32))
        .hasMessageContaining("data.json is not as expected");
  }

  @Test
  void refusesSizesThatThePicturesDoNotHave() throws Exception {
    for (int size : new int[] {7, 65}) {
      assertThatThrownBy(() -> make(new FakePackages(registry, 20), "out", size))
          .hasMessage("an image size of " + size + " cannot be made; choose 8 to 64");
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
    Files.writeString(folder.resolve("file"), "in the way");

    assertThatThrownBy(() -> make(new FakePackages(registry, 20), "file/out", 32))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("cannot write " + folder.resolve("file/out"));
  }

  private EmojiDataset make(FakePackages packages, String output, int size)
      throws IOException, DatasetException, InterruptedException {
    return make(packages.publish(), packages, options(output, size, List.of()));
  }

  private EmojiDataset make(EmojiSources sources, PackageClient client, EmojiOptions options)
      throws DatasetException, InterruptedException {
    return new EmojiShards(sources, client, said::add).make(options);
  }

  private EmojiOptions options(String output, int size, List<Path> ready) {
    return new EmojiOptions(folder.resolve(output), folder.resolve("cache"), ready, size);
  }

  private void assertNothingUnfinished() throws IOException {
    for (Path place : List.of(folder, folder.resolve("cache"))) {
      try (Stream<Path> files = Files.list(place)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.contains("unfinished") || name.startsWith("fetch-"));
      }
    }
  }

  private List<String> captions(EmojiDataset dataset, int set) throws IOException {
    List<String> captions = new ArrayList<>();
    for (TarFile file : files(dataset, set)) {
      if (file.name().endsWith(".txt")) {
        captions.add(new String(file.content(), StandardCharsets.UTF_8));
      }
    }
    return captions;
  }

  private static Set<String> bases(List<String> captions) {
    Set<String> bases = new HashSet<>();
    for (String caption : captions) {
      bases.add(caption.replaceFirst(":.*", ""));
    }
    return bases;
  }

  private List<TarFile> files(EmojiDataset dataset, int set) throws IOException {
    List<TarFile> files = new ArrayList<>();
    for (EmojiSet.Shard shard : dataset.sets().get(set).shards()) {
      Path path = folder.resolve("out").resolve(shard.file());
      try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(path))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          files.add(new TarFile(entry.getName(), tar.readAllBytes()));
        }
      }
    }
    return files;
  }

  private static final class TarFile {
    private final String name;
    private final byte[] content;

    TarFile(String name, byte[] content) {
      this.name = name;
      this.content = content;
    }

    String name() {
      return name;
    }

    byte[] content() {
      return content;
    }
  }
}
