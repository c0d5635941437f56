package dev.isoflop.operator.report.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.page.ComparisonPageTest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages as a real browser lays them out, on a phone and on a desk: Chromium, where one is on the
 * PATH.
 */
class BrowserTest {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<Integer> WIDTHS = List.of(375, 1280);
  private static final String LONG =
      "a-sweep-that-somebody-gave-a-name-of-nearly-all-characters-that-a-name-may-have-".repeat(3);

  @TempDir private static Path folder;

  /** What was measured of each page, by its name and the width of the window. */
  private static final Map<String, JsonNode> MEASURED = new LinkedHashMap<>();

  @BeforeAll
  static void layOut() throws IOException, InterruptedException {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "no Chromium on the PATH (Debian: chromium)");
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("finished", Pages.render(SyntheticSweep.input()));
    pages.put("running", Pages.render(SyntheticSweep.running(1)));
    pages.put("early", Pages.render(SyntheticSweep.running(2)));
    pages.put("held-out", Pages.render(SyntheticSweep.holdingOutLargest()));
    pages.put("empty", Pages.render(SyntheticSweep.bare(List.of(), null)));
    pages.put("named", Pages.render(named(SyntheticSweep.input())));
    pages.put("compared", ComparisonPageTest.render(List.of("a", "b", LONG)));
    pages.put("documented", documented());
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(folder.resolve(page.getKey() + ".html"), page.getValue());
    }
    Path frames = folder.resolve("frames.html");
    Files.writeString(frames, frames(pages.keySet().stream().toList()));
    String dom = open(chromium.get(), frames);
    String json = Jsoup.parse(dom).select("#measured").text();
    assertThat(json).as("what Chromium gave: %s", dom).startsWith("{");
    new ObjectMapper()
        .readTree(json)
        .properties()
        .forEach(field -> MEASURED.put(field.getKey(), field.getValue()));
    assertThat(MEASURED).hasSize(pages.size() * WIDTHS.size());
  }

  @Test
  void noPageIsWiderThanItsWindow() {
    assertThat(MEASURED)
        .allSatisfy(
            (page, measured) -> {
              assertThat(measured.path("clientWidth").asInt()).as(page).isPositive();
              assertThat(measured.path("scrollWidth").asInt())
                  .as("%s, wider: %s", page, measured.path("wider"))
                  .isLessThanOrEqualTo(measured.path("clientWidth").asInt());
              assertThat(measured.path("wider")).as(page).isEmpty();
            });
  }

  @Test
  void everyTextOfADrawingIsWholeInsideIt() {
    assertThat(MEASURED)
        .allSatisfy((page, measured) -> assertThat(measured.path("clipped")).as(page).isEmpty());
    assertThat(measured("finished-1280").path("texts").asInt()).isGreaterThan(100);
  }

  @Test
  void noTextOfADrawingCoversAnotherOrAMark() {
    assertThat(MEASURED)
        .allSatisfy((page, measured) -> assertThat(measured.path("covered")).as(page).isEmpty());
    assertThat(measured("finished-1280").path("marks").asInt()).isGreaterThan(300);
  }

  @Test
  void everyPageHasATitleALanguageAndANameForEachPicture() {
    assertThat(MEASURED)
        .allSatisfy(
            (page, measured) -> {
              if (!page.startsWith("documented")) {
                assertThat(measured.path("title").asText()).as(page).isNotBlank();
                assertThat(measured.path("language").asText()).as(page).isEqualTo("en");
              }
              assertThat(measured.path("silent")).as(page).isEmpty();
            });
  }

  @Test
  void whatScrollsSidewaysIsReachedByKeyboardAndShowsThatThereIsMore() {
    assertThat(MEASURED)
        .allSatisfy((page, measured) -> assertThat(measured.path("hidden")).as(page).isEmpty());
    assertThat(measured("finished-375").path("hinted").asInt()).isGreaterThan(4);
  }

  private static JsonNode measured(String page) {
    return Objects.requireNonNull(MEASURED.get(page), page);
  }

  /** The drawings of docs/laws.md. */
  private static String documented() throws IOException {
    StringBuilder page = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"/><main>");
    try (Stream<Path> files = Files.list(Path.of("../docs/figures"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".svg")).sorted().toList()) {
        page.append("<div style=\"width:320px\">").append(Files.readString(file)).append("</div>");
      }
    }
    return page.append("</main><style>svg{width:100%;height:auto}</style>").toString();
  }

  /** The sweep with names as long as they may be. */
  private static ReportInput named(ReportInput input) {
    return new ReportInput(
        LONG,
        Optional.of(SyntheticSweep.spec("laion", "coco-2014")),
        input.status(),
        input.laws(),
        input.lossSeries(),
        input.confidence(),
        input.predict(),
        input.trials().stream().map(BrowserTest::named).toList(),
        List.of(),
        input.generated(),
        input.software(),
        "./isoflop report runs/" + LONG);
  }

  private static ReportTrial named(ReportTrial trial) {
    return new ReportTrial(
        LONG + trial.name(),
        trial.budget(),
        trial.size(),
        trial.loss(),
        trial.trainLoss(),
        trial.metrics(),
        trial.history(),
        trial.outcome(),
        trial.message());
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** One page that shows every other in a frame of each width, and measures it. */
  private static String frames(List<String> pages) throws IOException {
    StringBuilder frames = new StringBuilder();
    for (String page : pages) {
      for (int width : WIDTHS) {
        frames.append(
            "<iframe id=\"%s-%d\" src=\"%s.html\" style=\"width:%dpx;height:900px;border:0\"></iframe>\n"
                .formatted(page, width, page, width));
      }
    }
    try (InputStream script =
        Objects.requireNonNull(
            BrowserTest.class.getResourceAsStream("measure.js"), "measure.js beside this class")) {
      return "<!DOCTYPE html><meta charset=\"utf-8\"/><body>"
          + frames
          + "<pre id=\"measured\"></pre><script>"
          + new String(script.readAllBytes(), StandardCharsets.UTF_8)
          + "</script></body>";
    }
  }

  private static String open(Path chromium, Path page) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    List<String> command = new ArrayList<>(List.of(chromium.toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--allow-file-access-from-files",
            "--window-size=1400,1000",
            "--user-data-dir=" + folder.resolve("profile"),
            "--dump-dom",
            page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(folder.resolve("chromium.log").toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("Chromium ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(dom);
  }
}
