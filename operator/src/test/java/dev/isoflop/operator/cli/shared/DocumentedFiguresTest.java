package dev.isoflop.operator.cli.shared;

import static dev.isoflop.operator.cli.Program.EXAMPLE;
import static dev.isoflop.operator.cli.Program.OTHER_EXAMPLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drawings that docs/laws.md shows are those that its commands make today. */
class DocumentedFiguresTest {
  private static final Path FIGURES = Path.of("../docs/figures");

  @Test
  void areWhatTheCommandsBesideThemMake(@TempDir Path folder) throws IOException {
    String made = folder.toString();
    Ended fit = Program.command("fit", EXAMPLE.toString(), "--figures", made);
    Ended compared =
        Program.command("compare", EXAMPLE.toString(), OTHER_EXAMPLE.toString(), "--figures", made);
    List<Path> kept;
    try (Stream<Path> files = Files.list(FIGURES)) {
      kept = files.filter(file -> file.toString().endsWith(".svg")).sorted().toList();
    }

    assertThat(fit.status()).isEqualTo(ExitStatus.DONE);
    assertThat(compared.status()).isEqualTo(ExitStatus.DONE);
    assertThat(kept)
        .hasSizeGreaterThanOrEqualTo(8)
        .allSatisfy(
            file ->
                assertThat(folder.resolve(file.getFileName()))
                    .as("make it again by the command in docs/laws.md")
                    .hasSameTextualContentAs(file));
  }
}
