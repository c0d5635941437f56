package dev.isoflop.operator.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs and folders of machines with GPUs, on a machine that has none. */
public final class FakeMachine {
  /** What the driver's program prints of two GPUs, the first of them half in use. */
  static final String TWO =
      """
      GPU 0: NVIDIA H200 (UUID: GPU-aaaa1111-0000-0000-0000-000000000001)
      GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-bbbb2222-0000-0000-0000-000000000002)
      """;

  static final String MEMORY_OF_TWO =
      """
      GPU-aaaa1111-0000-0000-0000-000000000001, 143771, 71000
      GPU-bbbb2222-0000-0000-0000-000000000002, 40960, 3
      """;

  private FakeMachine() {}

  /** A program that lists two GPUs. */
  public static Path nvidiaSmi(Path folder) throws IOException {
    return nvidiaSmi(folder, MEMORY_OF_TWO);
  }

  /** A program that lists two GPUs that have, and use, so many MiB: {@code "100, 0"}. */
  public static Path smallGpus(Path folder, String memory) throws IOException {
    return nvidiaSmi(folder, MEMORY_OF_TWO.replaceAll("(?m), .*$", ", " + memory));
  }

  private static Path nvidiaSmi(Path folder, String memory) throws IOException {
    return program(
        folder.resolve("nvidia-smi"),
        """
        case "$1" in
          -L) cat <<'END'
        %sEND
          ;;
          *) cat <<'END'
        %sEND
          ;;
        esac
        """
            .formatted(TWO, memory));
  }

  /** A shell script. */
  public static Path program(Path file, String script) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "#!/bin/sh\n" + script);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + ": cannot be made executable");
    }
    return file;
  }

  /** Python's package torch, as far as it is looked at. */
  public static Path torch(Path folder, String version) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("torch/lib"));
    Files.writeString(lib.resolve("libtorch.so"), "");
    Files.writeString(lib.resolve("libtorch_cuda.so"), "");
    Files.write(
        lib.resolve("libc10.so"),
        "\u007fELF _ZN3c105ErrorC1ENSt7__cxx1112basic_stringIcEE"
            .getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(
        folder.resolve("torch/version.py"),
        "from typing import Optional\n__version__ = '" + version + "'\ndebug = False\n");
    return folder.resolve("torch");
  }
}
