package dev.isoflop.worker.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the CUDA runtime library that belongs to a libtorch. DJL asks it how much memory a GPU has,
 * and looks for it by JNA, which does not look where PyTorch's wheels put it.
 */
final class CudaRuntimeFolder {
  private static final String LIBRARY = "libcudart.so";

  private CudaRuntimeFolder() {}

  /**
   * The folder that holds the CUDA runtime.
   *
   * @param libtorch folder of libtorch's libraries: {@code torch/lib} where wheels are unpacked,
   *     with {@code nvidia/cuda_runtime/lib} beside {@code torch}; or an unpacked libtorch that has
   *     everything in one folder
   */
  static Optional<Path> of(Path libtorch) {
    return Stream.of(libtorch, libtorch.resolve("../../nvidia/cuda_runtime/lib").normalize())
        .filter(CudaRuntimeFolder::holdsRuntime)
        .findFirst();
  }

  private static boolean holdsRuntime(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(LIBRARY));
    } catch (IOException e) { // not readable, so of no use; libtorch's own loading says why
      return false;
    }
  }

  /** Adds it to where JNA looks, before anything of DJL does. */
  static void showToJna(Path libtorch) {
    String property = "jna.library.path";
    of(libtorch)
        .ifPresent(
            folder -> {
              String before = System.getProperty(property);
              System.setProperty(
                  property,
                  String.join(
                      ":",
                      before == null
                          ? List.of(folder.toString())
                          : List.of(before, folder.toString())));
            });
  }
}
