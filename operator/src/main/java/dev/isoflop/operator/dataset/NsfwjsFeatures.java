package dev.isoflop.operator.dataset;

import dev.isoflop.common.Sha256;
import dev.isoflop.trial.BuiltInExtractor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Makes the built-in feature extractor of a package that npm fetches: nsfwjs' Inception v3 up to
 * {@code mixed5} as one TorchScript file. The same package gives the same bytes on any machine, and
 * only bytes of the digest that workers know are kept.
 */
public final class NsfwjsFeatures {
  private static final String FOLDER = "package/dist/models/inception_v3/";
  private static final String LAST_LAYER = "mixed5";
  private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(20);

  /** The package that it is made of. */
  public static final PackagePin PACKAGE =
      new PackagePin(
          "nsfwjs",
          "4.4.0",
          24_973_068,
          "sha512-krC1fgeTLXtZwgdpKJ0jm7hqv0gTSRQQRL+FhOaxaJ9Wj92t42BO3csO2odwgTAgZgf2RvkwPtp0R8Aa7dc+MA==",
          "MIT",
          "Inception v3 weights from nsfwjs, Copyright (c) 2019 Infinite Red, Inc.");

  private final PackagePin source;
  private final String sha256;
  private final PackageClient client;
  private final DatasetProgress progress;

  NsfwjsFeatures(PackagePin source, String sha256, PackageClient client, DatasetProgress progress) {
    this.source = source;
    this.sha256 = sha256;
    this.client = client;
    this.progress = progress;
  }

  /**
   * Makes the file, or finds that it is there already.
   *
   * @param file to make; an older one is replaced
   * @param cache keeps the fetched package
   * @param ready packages that someone fetched already, under their archives' names
   * @throws DatasetException if the package cannot be had or is not what it should be, or the file
   *     cannot be written; nothing changes under its name then
   * @throws InterruptedException if interrupted while the package is fetched
   */
  public static void make(Path file, Path cache, List<Path> ready, DatasetProgress progress)
      throws DatasetException, InterruptedException {
    NpmClient npm = new NpmClient("npm", DOWNLOAD_LIMIT);
    new NsfwjsFeatures(PACKAGE, BuiltInExtractor.SHA256, npm, progress).make(file, cache, ready);
  }

  void make(Path file, Path cache, List<Path> ready) throws DatasetException, InterruptedException {
    try {
      if (Files.isRegularFile(file) && digest(file).equals(sha256)) {
        progress.report(file + " is there already");
        return;
      }
    } catch (IOException e) {
      throw new DatasetException(
          "cannot read " + file + " (" + e + ")", "name another --file, or remove it", e);
    }
    Path archive = new PackageStore(cache, ready, client, progress).obtain(source);
    progress.report("converting the network");
    SortedMap<String, byte[]> files =
        PackageArchive.files(archive, name -> name.startsWith(FOLDER) && name.endsWith(".min.js"));
    FeatureProgram program = FeatureProgram.upTo(LAST_LAYER, TensorFlowJsModel.read(files));
    try {
      write(program, file.toAbsolutePath());
    } catch (IOException e) {
      throw new DatasetException(
          "cannot write " + file + " (" + e + ")", "check the folder and its disk", e);
    }
  }

  private void write(FeatureProgram program, Path file) throws IOException, DatasetException {
    Path folder = file.resolveSibling(".");
    Files.createDirectories(folder);
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished-" + UUID.randomUUID());
    MessageDigest digest = Sha256.start();
    try {
      try (OutputStream output =
          new BufferedOutputStream(
              new DigestOutputStream(Files.newOutputStream(unfinished), digest), 1 << 16)) {
        String notice = "# %s, %s\n".formatted(source.attribution(), source.licence());
        TorchScriptFile.write(
            output, FeatureProgram.CLASS, notice + program.text(), program.tensors());
      }
      String made = HexFormat.of().formatHex(digest.digest());
      if (!made.equals(sha256)) {
        throw new DatasetException(
            "the converted network has the digest %s, not %s".formatted(made, sha256),
            "this is a fault of this program: report it with the version of Java");
      }
      StagedFolder.force(unfinished);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      StagedFolder.force(folder);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = Sha256.start();
    try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, sink);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
