package dev.isoflop.operator.dataset;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.isoflop.common.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes captioned emoji into WebDataset shards: {@code google-train} and {@code google-eval} in the
 * style that is trained on, {@code twitter-eval} with the held-out emoji in another style for
 * evaluation out of domain. The same options give the same bytes on any machine.
 */
public final class EmojiShards {
  /** The record of what was made, beside the shards. */
  public static final String DATASET_FILE = "dataset.json";

  private static final String LABELS = "package/en/data.json";
  private static final String SPLIT =
      "15 % of the base emoji held out by hash; variants of one emoji and emoji with equal pictures"
          + " are kept together";
  private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(20);

  private final EmojiSources sources;
  private final PackageClient client;
  private final DatasetProgress progress;

  EmojiShards(EmojiSources sources, PackageClient client, DatasetProgress progress) {
    this.sources = sources;
    this.client = client;
    this.progress = progress;
  }

  /**
   * Makes the shards, or finds that they are there already.
   *
   * @throws DatasetException if an option cannot work, a package cannot be had or is not what it
   *     should be, or the folder cannot be written; nothing is left under its name then
   * @throws InterruptedException if interrupted while a package is fetched
   */
  public static EmojiDataset make(EmojiOptions options, DatasetProgress progress)
      throws DatasetException, InterruptedException {
    NpmClient npm = new NpmClient("npm", DOWNLOAD_LIMIT);
    return new EmojiShards(EmojiSources.pinned(), npm, progress).make(options);
  }

  EmojiDataset make(EmojiOptions options) throws DatasetException, InterruptedException {
    int size = options.imageSize();
    if (size < EmojiOptions.MINIMUM_SIZE || size > EmojiOptions.MAXIMUM_SIZE) {
      throw new DatasetException(
          "an image size of " + size + " cannot be made",
          "choose %d to %d".formatted(EmojiOptions.MINIMUM_SIZE, EmojiOptions.MAXIMUM_SIZE));
    }
    Optional<EmojiDataset> present = present(options);
    if (present.isPresent()) {
      progress.report(options.output() + " holds this data set already");
      return present.get();
    }
    PackageStore store =
        new PackageStore(options.cache(), options.readyPackages(), client, progress);
    EmojiLabels labels = labels(store.obtain(sources.captions()));
    List<EmojiPicture> google = pictures("google", store.obtain(sources.google()), labels);
    List<EmojiPicture> twitter = pictures("twitter", store.obtain(sources.twitter()), labels);
    EmojiSplit split = new EmojiSplit(List.of(google, twitter));
    progress.report("writing " + options.output());
    return write(
        options,
        Map.of(
            "google-train", google.stream().filter(each -> !split.isHeldOut(each)).toList(),
            "google-eval", google.stream().filter(split::isHeldOut).toList(),
            "twitter-eval", twitter.stream().filter(split::isHeldOut).toList()));
  }

  private static EmojiLabels labels(Path archive) throws DatasetException {
    byte[] json = PackageArchive.files(archive, LABELS::equals).get(LABELS);
    if (json == null) {
      throw new DatasetException(
          archive + " holds no " + LABELS, "use the pinned version of emojibase-data");
    }
    return EmojiLabels.parse(json);
  }

  private List<EmojiPicture> pictures(String style, Path archive, EmojiLabels labels)
      throws DatasetException {
    progress.report("reading the " + style + " pictures");
    String folder = "package/img/" + style + "/64/";
    List<EmojiPicture> pictures = new ArrayList<>();
    for (Map.Entry<String, byte[]> file :
        PackageArchive.files(archive, name -> name.startsWith(folder) && name.endsWith(".png"))
            .entrySet()) {
      String name = file.getKey();
      String hexcode =
          EmojiLabels.canonical(name.substring(folder.length(), name.length() - ".png".length()));
      if (!sources.excludes(style, hexcode)) {
        pictures.add(picture(archive, name, hexcode, file.getValue(), labels));
      }
    }
    if (pictures.isEmpty()) {
      throw new DatasetException(
          archive + " holds no pictures below " + folder, "use the pinned version");
    }
    return pictures;
  }

  private static EmojiPicture picture(
      Path archive, String name, String hexcode, byte[] png, EmojiLabels labels)
      throws DatasetException {
    EmojiLabel label =
        labels
            .find(hexcode)
            .orElseThrow(
                () ->
                    new DatasetException(
                        archive + ": there is no label for " + name,
                        "use versions of pictures and labels that belong together"));
    try {
      return new EmojiPicture(hexcode, label, SquarePixels.decode(png));
    } catch (IOException e) {
      throw new DatasetException(
          archive + ": cannot decode " + name + " (" + e.getMessage() + ")",
          "fetch the package again",
          e);
    }
  }

  private EmojiDataset write(EmojiOptions options, Map<String, List<EmojiPicture>> pictures)
      throws DatasetException {
    try (StagedFolder folder = new StagedFolder(options.output())) {
      List<EmojiSet> sets = new ArrayList<>();
      for (String name : List.of("google-train", "google-eval", "twitter-eval")) {
        sets.add(
            ShardWriter.write(
                folder.path(), name, pictures.getOrDefault(name, List.of()), options.imageSize()));
      }
      EmojiDataset dataset = describe(options.imageSize(), sets);
      Files.writeString(
          folder.path().resolve(DATASET_FILE), writer().writeValueAsString(dataset) + "\n");
      folder.publish();
      return dataset;
    } catch (IOException e) {
      throw new DatasetException(
          "cannot write " + options.output() + " (" + e + ")",
          "check the folder, its permissions and the free space",
          e);
    }
  }

  private EmojiDataset describe(int imageSize, List<EmojiSet> sets) {
    return new EmojiDataset(
        "emoji",
        imageSize,
        SPLIT,
        sets,
        List.of(sources.captions(), sources.google(), sources.twitter()),
        sources.excluded());
  }

  private static ObjectWriter writer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new ObjectMapper()
        .writer(
            new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
  }

  /** The data set in the output folder, if it is just the one that would be made. */
  private Optional<EmojiDataset> present(EmojiOptions options) throws DatasetException {
    Path folder = options.output();
    try {
      if (!Files.exists(folder) || isEmpty(folder)) {
        return Optional.empty();
      }
      Path file = folder.resolve(DATASET_FILE);
      if (Files.isRegularFile(file)) {
        EmojiDataset dataset =
            new ObjectMapper().readValue(Files.readAllBytes(file), EmojiDataset.class);
        if (dataset.equals(describe(options.imageSize(), dataset.sets()))
            && isWhole(folder, dataset)) {
          return Optional.of(dataset);
        }
      }
    } catch (IOException e) {
      throw new DatasetException(
          "cannot tell what is in " + folder + " (" + e.getMessage() + ")",
          "remove it or name another folder",
          e);
    }
    throw new DatasetException(
        folder + " exists and holds something else", "remove it or name another folder");
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static boolean isWhole(Path folder, EmojiDataset dataset) throws IOException {
    for (EmojiSet set : dataset.sets()) {
      for (EmojiSet.Shard shard : set.shards()) {
        Path file = folder.resolve(shard.file());
        if (!Files.isRegularFile(file)
            || !Sha256.of(Files.readAllBytes(file)).equals(shard.sha256())) {
          return false;
        }
      }
    }
    return true;
  }
}
