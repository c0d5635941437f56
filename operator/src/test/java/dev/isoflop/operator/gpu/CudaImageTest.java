package dev.isoflop.operator.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image for GPUs, which no build of this project makes, beside those that one makes. */
class CudaImageTest {
  private static final Path ROOT = Path.of("..");

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  @Test
  void itHasTheLibtorchThatTheBuildAndTheDownloadName() throws Exception {
    String dockerfile = text("images/cuda.Dockerfile");

    assertThat(first("PYTORCH_VERSION=(\\S+)", dockerfile))
        .isEqualTo(CudaLibraries.VERSION)
        .isEqualTo(first("<pytorch.version>([^<]+)<", text("pom.xml")));
    assertThat(first("PYTORCH_FLAVOR=(\\S+)", dockerfile))
        .isEqualTo(
            first("<image.worker.flavor>(cu[^<]+)</image.worker.flavor>", text("images/pom.xml")));
  }

  @Test
  void whatItCopiesFromTheSourcesIsThere() throws Exception {
    String requirements =
        first("COPY (\\S+cuda-requirements.txt) ", text("images/cuda.Dockerfile"));

    assertThat(ROOT.resolve(requirements)).isNotEmptyFile();
    assertThat(text("images/cuda.Dockerfile.dockerignore")).contains("!" + requirements);
  }

  @Test
  void itStartsTheWorkerAsTheOtherImageDoes() throws Exception {
    String worker = text("images/pom.xml").split("<id>worker</id>", 2)[1];
    String entrypoint =
        first("<entrypoint>(.*?)</entrypoint>", worker)
            .replaceAll("<!--.*?-->", "")
            .replaceAll("\\s*<arg>([^<]*)</arg>\\s*", "\"$1\", ");

    assertThat(text("images/cuda.Dockerfile"))
        .contains("ENTRYPOINT [" + entrypoint.substring(0, entrypoint.length() - 2) + "]");
  }
}
