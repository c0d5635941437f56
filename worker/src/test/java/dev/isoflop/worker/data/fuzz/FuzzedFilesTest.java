package dev.isoflop.worker.data.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.Fixtures;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.Latents;
import dev.isoflop.worker.data.array.ArrayEncoding;
import dev.isoflop.worker.data.array.NpyFile;
import dev.isoflop.worker.data.array.NpzFile;
import dev.isoflop.worker.data.webdataset.Tars;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Whatever the damage, a reader gives examples or a {@link DataException}, and allocates no more
 * than a bound that does not depend on what the file claims.
 */
final class FuzzedFilesTest {
  private static final long MOST_ALLOCATED = 64L << 20;
  private static final List<String> ARRAYS =
      List.of("f2", "f4", "i8", "b1", "scalar", "vector", "fortran", "object", "v3");
  private static final List<String> TARS = List.of("gnu", "pax", "v7", "python");
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static Path folder = Path.of("");

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("fuzz");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 800)
  void npy(@ForAll long seed, @ForAll @IntRange(max = 8) int which) throws Exception {
    byte[] bytes = Mutation.of(Fixtures.bytes("array/" + ARRAYS.get(which) + ".npy"), seed);

    harmless(() -> NpyFile.read(bytes, "x.npy"));
  }

  @Property(tries = 400)
  void npz(@ForAll long seed) throws Exception {
    byte[] bytes = Mutation.of(Fixtures.bytes("array/caption.npz"), seed);

    harmless(() -> NpzFile.read(bytes, 1 << 20, "x.npz"));
  }

  @Property(tries = 400)
  void encodedArrays(@ForAll byte[] bytes, @ForAll @IntRange(max = 3) int which) throws Exception {
    String name =
        List.of("ndarray", "ndarray:float16", "ndarray:float32:2,3", "ndarray:int8:9").get(which);

    harmless(() -> ArrayEncoding.of(name).orElseThrow().read(bytes, "x"));
  }

  @Property(tries = 250)
  void tarsOfImages(@ForAll long seed, @ForAll @IntRange(max = 3) int which) throws Exception {
    Path file = folder.resolve("x.tar");
    byte[] whole = Fixtures.bytes("webdataset/" + TARS.get(which) + ".tar");
    Files.write(file, seed % 4 == 0 ? Mutation.of(whole, seed) : Mutation.ofTar(whole, seed));

    harmless(() -> readAll(Tars.open(folder, "x.tar", new ImageShape(3, 8))));
  }

  @Property(tries = 250)
  void tarsOfLatents(@ForAll long seed) throws Exception {
    Path file = folder.resolve("l.tar");
    Files.write(file, Mutation.ofTar(Fixtures.bytes("webdataset/latents.tar"), seed));

    harmless(() -> readAll(open(file, DataFormat.WebDataset, null, Latents.STORED)));
  }

  @Property(tries = 250)
  void mds(@ForAll long seed, @ForAll boolean compressed, @ForAll boolean index) throws Exception {
    Path target = Files.createDirectories(folder.resolve("mds-" + compressed));
    String set = compressed ? "mds/arrays" : "mds/diffusion";
    copy(Fixtures.path(set), target);
    Path file =
        target.resolve(
            index ? "index.json" : compressed ? "shard.00000.mds.gz" : "shard.00001.mds");
    byte[] whole = Files.readAllBytes(file);
    Files.write(
        file,
        compressed && !index && seed % 4 != 0
            ? packed(Mutation.of(unpacked(whole), seed))
            : Mutation.of(whole, seed));
    ColumnsSpec columns = compressed ? new ColumnsSpec("free", null, null) : null;
    TextEncoderSpec text = compressed ? Latents.HASHED : Latents.STORED;

    harmless(() -> readAll(open(target, DataFormat.MDS, columns, text)));
  }

  @Property(tries = 400)
  void safetensors(@ForAll long seed) throws Exception {
    Path file = folder.resolve("x.safetensors");
    Files.write(file, Mutation.of(Fixtures.bytes("safetensors/half.safetensors"), seed));

    harmless(() -> readAll(open(file, DataFormat.Safetensors, null, Latents.HASHED)));
  }

  @Property(tries = 250)
  void zips(@ForAll long seed) throws Exception {
    Path file = folder.resolve("x.zip");
    Files.write(file, Mutation.of(Fixtures.bytes("npy/edm2.zip"), seed));

    harmless(() -> readAll(open(file, DataFormat.Npy, null, Latents.HASHED)));
  }

  @Property(tries = 150)
  void listsOfFiles(@ForAll long seed, @ForAll boolean pixart) throws Exception {
    Path target = Files.createDirectories(folder.resolve("list-" + pixart));
    copy(Fixtures.path(pixart ? "npy/pixart" : "npy/edm2"), target);
    Path file = target.resolve(pixart ? "partition/data_info.json" : "dataset.json");
    Files.write(file, Mutation.of(Files.readAllBytes(file), seed));

    harmless(
        () ->
            readAll(open(target, DataFormat.Npy, null, pixart ? Latents.STORED : Latents.HASHED)));
  }

  private interface Reading {
    Object run() throws DataException;
  }

  private static void harmless(Reading reading) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      assertThat(reading.run()).isNotNull();
    } catch (DataException e) {
      assertThat(e).hasMessageMatching("(?s).+: .+; .+");
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
  }

  private static Dataset open(
      Path path, DataFormat format, @Nullable ColumnsSpec columns, TextEncoderSpec text)
      throws DataException {
    LatentKind kind = format == DataFormat.Npy ? LatentKind.MeanStd : LatentKind.Sample;
    LatentType type = format == DataFormat.Npy ? LatentType.Float32 : LatentType.Float16;
    DatasetSpec set = Latents.set(path.toString(), format, Latents.spec(kind, type), columns);
    return Latents.open(set, text);
  }

  /** Both ways through: what headers say and what is there. */
  private static long readAll(Dataset data) throws DataException {
    long count = data.size().orElseThrow();
    try (ExampleStream stream = data.evaluation(count)) {
      for (var next = stream.next(); next.isPresent(); next = stream.next()) {
        next.get().decode();
      }
    }
    try (ExampleStream stream = data.train(1, count + 1)) {
      stream.next().orElseThrow().decode();
    }
    return count;
  }

  private static byte[] unpacked(byte[] content) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
