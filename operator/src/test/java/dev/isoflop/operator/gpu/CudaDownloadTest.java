package dev.isoflop.operator.gpu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads through a program that stands for Python and serves small wheels. */
class CudaDownloadTest {
  private static final List<Wheel> WHEELS =
      List.of(
          new Wheel("torch", "2.7.1", 1000, "0".repeat(64)),
          new Wheel("nvidia-cuda-runtime-cu12", "12.6.77", 500, "1".repeat(64)));

  @TempDir private Path folder;
  private Path made = Path.of("");
  private Path calls = Path.of("");
  private Path index = Path.of("");
  private Path python = Path.of("");
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void anIndexOfTwoWheels() throws Exception {
    made = folder.resolve("native/libtorch");
    calls = folder.resolve("calls");
    index = Files.createDirectories(folder.resolve("index"));
    wheel(
        "torch",
        Map.of(
            "torch/lib/libtorch.so", "",
            "torch/lib/libtorch_cuda.so", "",
            "torch/lib/libtorch_python.so", "",
            "torch/lib/libc10.so", "St7__cxx1112basic_string",
            "torch/version.py", "__version__ = '2.7.1+cu126'\n",
            "torch/nn/functional.py", "import this\n",
            "torch-2.7.1.dist-info/LICENSE", "From PyTorch:"));
    wheel(
        "nvidia-cuda-runtime-cu12",
        Map.of(
            "nvidia/cuda_runtime/lib/libcudart.so.12", "",
            "nvidia/cuda_runtime/include/cuda.h", "",
            "../../lib/libevil.so", ""));
    python =
        FakeMachine.program(
            folder.resolve("python3"),
            """
            echo "$@" >>%s
            [ "$3" = download ] || exit 0
            for word; do
              case "$word" in
                --dest=*) dest=${word#--dest=} ;;
                --requirement=*) name=$(sed 's/==.*//' "${word#--requirement=}") ;;
              esac
            done
            cp %s/$name.whl "$dest/" 2>&1
            """
                .formatted(calls, index));
  }

  private void wheel(String name, Map<String, String> entries) throws Exception {
    try (OutputStream file = Files.newOutputStream(index.resolve(name + ".whl"));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(ISO_8859_1));
      }
    }
  }

  private CudaLibraries make() throws Exception {
    return new CudaDownload(made, WHEELS, new PipClient(python.toString()), said::add).make();
  }

  private List<String> downloads() throws Exception {
    return Files.readAllLines(calls).stream().filter(it -> it.contains("download")).toList();
  }

  @Test
  void theLibrariesLieAsInPythonsPackagesWithoutPython() throws Exception {
    CudaLibraries libraries = make();

    assertThat(libraries.version()).isEqualTo("2.7.1+cu126");
    assertThat(libraries.folder()).isEqualTo(made.resolve("torch/lib"));
    assertThat(made.resolve("nvidia/cuda_runtime/lib/libcudart.so.12")).exists();
    assertThat(made.resolve("torch-2.7.1.dist-info/LICENSE")).hasContent("From PyTorch:");
    assertThat(made.resolve("torch/lib/libtorch_python.so")).doesNotExist();
    assertThat(made.resolve("torch/nn")).doesNotExist();
    assertThat(made.resolve("nvidia/cuda_runtime/include")).doesNotExist();
    assertThat(folder.resolve("lib")).doesNotExist();
    assertThat(downloads())
        .hasSize(2)
        .allMatch(call -> call.contains("--require-hashes") && call.contains("--no-deps"));
    assertThat(said.get(0)).contains("in 2 packages").contains(made.toString());
    assertThat(said).contains("1/2 torch 2.7.1 (0 MB)");
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws Exception {
    make();
    said.clear();

    make();

    assertThat(downloads()).hasSize(2);
    assertThat(said).isEmpty();
  }

  @Test
  void anInterruptedDownloadGoesOnWithTheWheelAtWhichItWas() throws Exception {
    Path hidden = folder.resolve("hidden");
    Files.move(index.resolve("nvidia-cuda-runtime-cu12.whl"), hidden);
    assertThatThrownBy(this::make)
        .isInstanceOf(GpuException.class)
        .hasMessageContaining("-m pip download' ended with exit code 1")
        .hasMessageContaining("--libtorch");
    assertThat(made).doesNotExist();
    Files.move(hidden, index.resolve("nvidia-cuda-runtime-cu12.whl"));

    make();

    assertThat(downloads()).hasSize(3);
    assertThat(said).contains("1/1 nvidia-cuda-runtime-cu12 12.6.77 (0 MB)");
  }

  @Test
  void withoutPythonOrPipItIsSaidBeforeAnythingElse() throws Exception {
    python = folder.resolve("no-python");
    assertThatThrownBy(this::make).hasMessageContaining("install Python 3 with pip");
    python = FakeMachine.program(folder.resolve("bare"), "echo No module named pip; exit 1");
    assertThatThrownBy(this::make)
        .hasMessageContaining("exit code 1: No module named pip; install Python 3 with pip");
    assertThat(said).isEmpty();
  }

  @Test
  void everyPackageOfTheRealListIsPinnedAndTellsItsSize() {
    List<Wheel> wheels = Wheel.ofCuda();

    assertThat(wheels).hasSize(14).doesNotHaveDuplicates();
    assertThat(wheels.get(0).requirement()).startsWith("torch==2.7.1 --hash=sha256:");
    assertThat(wheels).allMatch(wheel -> wheel.bytes() > 500_000);
    assertThat(wheels.stream().mapToLong(Wheel::bytes).sum())
        .isBetween(2_800_000_000L, 2_900_000_000L);
  }
}
