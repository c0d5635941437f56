package dev.isoflop.operator.report.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.trial.SampleSheet;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report takes from the pictures in trials' folders, and how it shows them. */
class PicturesTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2};
  private static final ReportInput SWEEP = SyntheticSweep.input();

  private final SweepFolder folder;
  private final List<String> notices = new ArrayList<>();
  private final ReportTrial trial = SWEEP.trials().get(0);

  PicturesTest(@TempDir Path path) {
    folder = new SweepFolder(path);
  }

  private Path file(String name) throws IOException {
    Path file = folder.trial(trial.name()).file(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  private void sheet(SampleSheet.Drawing... drawings) throws IOException {
    SampleSheet sheet =
        new SampleSheet("laion", List.of("a <cat> & \"dog\"", "two"), 2, List.of(drawings));
    TrialJson.MAPPER.writeValue(file(TrialFiles.SAMPLE_SHEET).toFile(), sheet);
  }

  private java.util.Optional<TrialPictures> read(boolean onTheWay) throws IOException {
    return new PictureFiles(folder, notices::add).of(trial, onTheWay);
  }

  private static ReportInput with(TrialPictures... pictures) {
    return new ReportInput(
        SWEEP.name(),
        SWEEP.spec(),
        SWEEP.status(),
        SWEEP.laws(),
        SWEEP.lossSeries(),
        SWEEP.confidence(),
        SWEEP.predict(),
        SWEEP.trials(),
        SWEEP.curves(),
        List.of(pictures),
        SWEEP.generated(),
        SWEEP.software(),
        SWEEP.command());
  }

  @Test
  void areShownLinkedAndDescribed() throws IOException {
    sheet(
        new SampleSheet.Drawing(10, "samples-10.png"), new SampleSheet.Drawing(90, "samples.png"));
    Files.write(file("samples-10.png"), PNG);
    Files.write(file("samples.png"), PNG);
    TrialPictures smaller = read(false).orElseThrow();
    TrialPictures largest = read(true).orElseThrow();

    String html = Pages.render(with(smaller, largest));

    Pages.requireWellFormed(html);
    Document page = org.jsoup.Jsoup.parse(html);
    assertThat(page.select("#pictures img").eachAttr("src"))
        .hasSize(3)
        .containsOnly("data:image/png;base64," + Base64.getEncoder().encodeToString(PNG));
    assertThat(page.select("#pictures a").eachAttr("href"))
        .containsExactly(
            "trials/" + trial.name() + "/samples.png",
            "trials/" + trial.name() + "/samples.png",
            "trials/" + trial.name() + "/samples-10.png");
    assertThat(page.select("#pictures").text()).contains("C = ").doesNotContain("RichText");
    assertThat(page.select("#pictures figcaption").text()).contains("captions of laion");
    assertThat(page.select("#pictures ol.captions > li").eachText())
        .containsExactly("a <cat> & \"dog\"", "two");
    assertThat(notices).isEmpty();
  }

  @Test
  void areLeftOutWhereThereAreNone() throws IOException {
    assertThat(read(true)).isEmpty();
    assertThat(Pages.page(SWEEP).select("#pictures")).isEmpty();
  }

  @Test
  void thatHaveNotBeenDrawnYetAreNotMissed() throws IOException {
    sheet(
        new SampleSheet.Drawing(10, "samples-10.png"), new SampleSheet.Drawing(90, "samples.png"));
    Files.write(file("samples-10.png"), PNG);

    assertThat(read(true).orElseThrow().drawings()).hasSize(1);
    assertThat(notices).isEmpty();
  }

  @Test
  void outsideTheTrialsFolderAreNotRead() throws IOException {
    sheet(
        new SampleSheet.Drawing(10, "../../secret.png"), new SampleSheet.Drawing(9, "samples.txt"));
    Files.write(folder.path().resolve("secret.png"), PNG);

    assertThat(read(true)).isEmpty();
    assertThat(notices).hasSize(2).allMatch(notice -> notice.contains("passed over"));
  }

  @Test
  void thatAreNoPicturesArePassedOver() throws IOException {
    sheet(new SampleSheet.Drawing(90, "samples.png"));
    Files.writeString(file("samples.png"), "<svg onload='x'/>", StandardCharsets.UTF_8);

    assertThat(read(true)).isEmpty();
    assertThat(notices).singleElement().asString().contains("samples.png", "not a PNG");
  }

  @Test
  void withADamagedSheetArePassedOver() throws IOException {
    Files.writeString(file(TrialFiles.SAMPLE_SHEET), "{\"dataset\": 3", StandardCharsets.UTF_8);

    assertThat(read(true)).isEmpty();
    assertThat(notices).singleElement().asString().contains("samples.json", "cannot be read");
  }

  @Test
  void areThoseOfTheLowestLossAtEachBudget() {
    List<ReportTrial> best = BestTrials.of(SWEEP.trials());

    assertThat(best).extracting(ReportTrial::budget).isSorted().doesNotHaveDuplicates();
    for (ReportTrial of : best) {
      assertThat(SWEEP.trials())
          .filteredOn(other -> other.succeeded() && other.budget() == of.budget())
          .allMatch(other -> other.loss().orElseThrow().value() >= of.loss().orElseThrow().value());
    }
  }
}
