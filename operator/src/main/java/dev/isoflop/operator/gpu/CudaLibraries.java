package dev.isoflop.operator.gpu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A libtorch for CUDA that workers can load: of the very version that their Java binding was built
 * for, with the C++ ABI that it was built with.
 *
 * @param folder that holds {@code libtorch_cuda.so}
 * @param version as libtorch tells it, such as 2.7.1+cu126
 */
public record CudaLibraries(Path folder, String version) {
  /** The version of libtorch, without which the binding cannot be loaded. */
  public static final String VERSION = "2.7.1";

  /** The binding's build; it runs with the libraries of any CUDA 12. */
  private static final String FLAVOR = "cu128";

  /** Stands in the names of C++ functions that take strings, where the ABI is the newer one. */
  private static final String NEW_ABI = "St7__cxx1112basic_string";

  private static final Pattern IN_PYTHON = Pattern.compile("__version__ = '([^']+)'");

  /**
   * The libraries in a folder: of Python's package torch, of an unpacked libtorch, or of what
   * {@code isoflop native cuda} made.
   *
   * @param given the folder {@code lib}, or the folder that holds {@code lib} or {@code torch}
   * @param field that names the folder, for messages
   * @throws GpuException if there are none that workers can load
   */
  public static CudaLibraries in(Path given, String field) throws GpuException {
    Path folder =
        Stream.of(given, given.resolve("lib"), given.resolve("torch/lib"))
            .filter(it -> Files.exists(it.resolve("libtorch.so")))
            .findFirst()
            .orElseThrow(
                () ->
                    new GpuException(
                        "%s: %s holds no libtorch.so, nor do lib and torch/lib in it"
                            .formatted(field, given),
                        "name the folder of Python's torch, as python3 -c 'import torch;"
                            + " print(torch.__path__[0])' prints it, or of an unpacked libtorch"))
            .toAbsolutePath()
            .normalize();
    if (!Files.exists(folder.resolve("libtorch_cuda.so"))) {
      throw new GpuException(
          "%s: %s is a build for the CPU: it has no libtorch_cuda.so".formatted(field, folder),
          "name one for CUDA 12, or fetch it with ./isoflop native cuda");
    }
    String version = version(folder, field);
    if (!version.equals(VERSION) && !version.startsWith(VERSION + "+")) {
      throw new GpuException(
          "%s: %s is libtorch %s, and workers need %s exactly"
              .formatted(field, folder, version, VERSION),
          "install torch==%s, or fetch it with ./isoflop native cuda".formatted(VERSION));
    }
    requireAbi(folder, field);
    return new CudaLibraries(folder, version);
  }

  private static String version(Path folder, String field) throws GpuException {
    try {
      Path python = folder.resolve("../version.py");
      if (Files.exists(python)) {
        Matcher matcher = IN_PYTHON.matcher(Files.readString(python, UTF_8));
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
      for (String name : List.of("../build-version", "../VERSION")) {
        if (Files.exists(folder.resolve(name))) {
          return Files.readString(folder.resolve(name), UTF_8).strip();
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, field, e);
    }
    throw new GpuException(
        "%s: %s does not say its version: beside it is neither version.py nor build-version"
            .formatted(field, folder),
        "name the folder as it was installed, or fetch one with ./isoflop native cuda");
  }

  private static void requireAbi(Path folder, String field) throws GpuException {
    try {
      String code = new String(Files.readAllBytes(folder.resolve("libc10.so")), ISO_8859_1);
      if (!code.contains(NEW_ABI)) {
        throw new GpuException(
            "%s: %s was built with the C++ ABI from before C++11".formatted(field, folder),
            "use the build with the newer ABI, as PyPI's torch is, or ./isoflop native cuda");
      }
    } catch (IOException e) {
      throw unreadable(folder, field, e);
    }
  }

  private static GpuException unreadable(Path folder, String field, IOException cause) {
    return new GpuException(
        "%s: %s cannot be read (%s)".formatted(field, folder, cause.getMessage()),
        "check its permissions, or fetch the libraries again with ./isoflop native cuda",
        cause);
  }

  /**
   * The libraries of this machine, if it has any.
   *
   * @param named by an option; empty to look into the environment ({@code PYTORCH_LIBRARY_PATH}),
   *     then where {@link NativeFolder} says
   * @throws GpuException if what is named cannot be used
   */
  public static Optional<CudaLibraries> find(Optional<Path> named, Map<String, String> environment)
      throws GpuException {
    if (named.isPresent()) {
      return Optional.of(in(named.get(), "--libtorch"));
    }
    String variable = environment.getOrDefault("PYTORCH_LIBRARY_PATH", "");
    if (!variable.isEmpty()) {
      Path folder = Path.of(variable);
      return Files.exists(folder.resolve("libtorch_cuda.so"))
          ? Optional.of(in(folder, "PYTORCH_LIBRARY_PATH"))
          : Optional.empty();
    }
    Path fetched = NativeFolder.cuda(environment);
    return Files.exists(fetched) ? Optional.of(in(fetched, "the folder")) : Optional.empty();
  }

  /** Environment variables that make a worker load them. */
  public Map<String, String> environment() {
    return Map.of(
        "PYTORCH_LIBRARY_PATH",
        folder.toString(),
        "PYTORCH_VERSION",
        VERSION,
        "PYTORCH_FLAVOR",
        FLAVOR);
  }
}
