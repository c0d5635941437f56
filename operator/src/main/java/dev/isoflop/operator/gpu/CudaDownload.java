package dev.isoflop.operator.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches libtorch for CUDA, wheel by wheel. What is there stays there: an interrupted command goes
 * on with the wheel at which it was. The folder has its name only when all of it is complete.
 */
public final class CudaDownload {
  /** Libraries as they lie in Python's packages, by which they find each other. */
  private static final Pattern LIBRARY =
      Pattern.compile("(torch|nvidia/[^/]+|cusparselt)/lib/[^/]+\\.so(\\.[^/]+)?");

  /** Needs Python, or what only Python programs use. */
  private static final Pattern FOR_PYTHON = Pattern.compile(".*/lib(torch_python|shm)\\.so");

  private static final Pattern LICENCE =
      Pattern.compile("[^/]+\\.dist-info/(licenses/)?(LICENSE|License|NOTICE)[^/]*");

  private static final String DONE = ".done";

  /** Ratio of the size of the unpacked libraries to that of the archives. */
  private static final double UNPACKED = 1.55;

  private final Path folder;
  private final List<Wheel> wheels;
  private final PipClient pip;
  private final Consumer<String> progress;

  CudaDownload(Path folder, List<Wheel> wheels, PipClient pip, Consumer<String> progress) {
    this.folder = folder.toAbsolutePath().normalize();
    this.wheels = List.copyOf(wheels);
    this.pip = pip;
    this.progress = progress;
  }

  /**
   * A download by the {@code python3} of this machine.
   *
   * @param folder to make, as {@link NativeFolder} says
   * @param progress is told each step in a line
   */
  public static CudaDownload to(Path folder, Consumer<String> progress) {
    return new CudaDownload(folder, Wheel.ofCuda(), new PipClient("python3"), progress);
  }

  /** Bytes to fetch, where nothing was fetched yet. */
  public long bytes() {
    return wheels.stream().mapToLong(Wheel::bytes).sum();
  }

  /** Makes the folder, unless it is there. */
  public CudaLibraries make() throws GpuException, InterruptedException {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(unfinished);
        try (FileChannel channel =
            FileChannel.open(
                unfinished.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          FileLock lock = channel.tryLock();
          if (lock == null) {
            throw new GpuException(
                unfinished + ": another command is fetching into it", "wait for it to end");
          }
          fetchAll(unfinished);
          Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      throw new GpuException(
          "%s cannot be made (%s)".formatted(folder, e.getMessage()),
          "check the folder and its disk, then run the same command again: it goes on",
          e);
    }
    return CudaLibraries.in(folder, "the folder");
  }

  private void fetchAll(Path unfinished) throws IOException, GpuException, InterruptedException {
    Path scratch = unfinished.resolve("fetch");
    Files.createDirectories(scratch);
    pip.requirePip(scratch);
    List<Wheel> missing =
        wheels.stream().filter(it -> !Files.exists(mark(unfinished, it))).toList();
    long fetched = missing.stream().mapToLong(Wheel::bytes).sum();
    long largest = missing.stream().mapToLong(Wheel::bytes).max().orElse(0);
    long needed = Math.round(fetched * UNPACKED) + largest;
    progress.accept(
        "fetching %.2f GB in %d packages from pip's index (%.1f GB on disk in the end), into %s"
            .formatted(fetched / 1e9, missing.size(), bytes() * UNPACKED / 1e9, folder));
    long free = Files.getFileStore(unfinished).getUsableSpace();
    if (free < needed) {
      throw new GpuException(
          "%s: its disk has %.1f GB free, and %.1f GB are needed"
              .formatted(unfinished, free / 1e9, needed / 1e9),
          "make room, or set ISOFLOP_CACHE to a folder on another disk");
    }
    int number = 0;
    for (Wheel wheel : missing) {
      number++;
      progress.accept(
          "%d/%d %s (%.0f MB)".formatted(number, missing.size(), wheel, wheel.bytes() / 1e6));
      clear(scratch);
      unpack(pip.fetch(wheel, scratch), unfinished);
      clear(scratch);
      Files.createFile(mark(unfinished, wheel));
    }
    Files.delete(scratch);
  }

  private static Path mark(Path unfinished, Wheel wheel) {
    return unfinished.resolve(".%s-%s%s".formatted(wheel.name(), wheel.version(), DONE));
  }

  private static void unpack(Path wheel, Path into) throws IOException {
    try (InputStream file = Files.newInputStream(wheel);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        boolean library = LIBRARY.matcher(name).matches() && !FOR_PYTHON.matcher(name).matches();
        boolean wanted =
            library || LICENCE.matcher(name).matches() || name.equals("torch/version.py");
        if (wanted && !name.contains("..")) {
          Path target = into.resolve(name);
          Files.createDirectories(target.resolveSibling("."));
          Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
          force(target);
        }
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void clear(Path scratch) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(scratch)) {
      inside =
          walk.filter(path -> !path.equals(scratch)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.delete(path);
    }
  }
}
