package dev.isoflop.operator.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.operator.report.plot.Layer.Stroke;
import dev.isoflop.operator.report.plot.Layer.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class PlotRendererTest {

  private static final Ink INK = Palette.ordered(0, 3);
  private static final PlotRenderer RENDERER = new PlotRenderer(Plot.Size.PANEL);

  @Test
  void drawsOneMarkForEachPoint() {
    Document svg = draw(List.of(points("a", 7), points("b", 3)));

    assertThat(svg.select("[data-series=a] > .mark")).hasSize(7);
    assertThat(svg.select("[data-series=b] > .mark")).hasSize(3);
  }

  @Test
  void namesItselfForThoseWhoCannotSee() {
    Document svg = draw(List.of(points("a", 1)));

    assertThat(svg.select("svg").attr("role")).isEqualTo("img");
    assertThat(svg.select("#figure-title").text()).isEqualTo("A title");
    assertThat(svg.select("#figure-description").text()).isEqualTo("What it shows");
  }

  @Test
  void namesStayText() {
    String hostile = "\"><script>alert(1)</script>\u0000&amp;";
    Document svg =
        draw(
            List.of(
                new Layer.Points(
                    hostile, INK, Marker.CIRCLE, false, 1, List.of(Mark.of(5, 5, hostile)))));

    assertThat(svg.select("script")).isEmpty();
    assertThat(svg.select(".mark title").text())
        .isEqualTo("\"><script>alert(1)</script>\ufffd&amp;");
  }

  @Test
  void aMarkOffTheScaleIsHeldAtTheEdgeAsATriangle() {
    Document svg = draw(List.of(single(5, 1e6, Marker.CIRCLE)));
    Document atTheTop = draw(List.of(single(5, 10, Marker.TRIANGLE)));

    assertThat(svg.select(".mark path").attr("d"))
        .isEqualTo(atTheTop.select(".mark path").attr("d"));
  }

  @Test
  void aMarkWithoutPlaceIsAMistake() {
    assertThatThrownBy(() -> draw(List.of(single(5, Double.NaN, Marker.CIRCLE))))
        .hasMessageContaining("series 'single'")
        .hasMessageContaining("NaN");
  }

  @Test
  void aCurveIsCutWhereItLeavesTheFrame() {
    Document inside = draw(List.of(line(List.of(new Vertex(1, 0), new Vertex(10, 10)))));
    Document beyond =
        draw(List.of(line(List.of(new Vertex(0.1, -1), new Vertex(1, 0), new Vertex(10, 10)))));

    assertThat(beyond.select(".curve path").attr("d"))
        .isEqualTo(inside.select(".curve path").attr("d"))
        .contains("L");
  }

  @Test
  void aCurveIsInterruptedWhereItHasNoValue() {
    Document svg =
        draw(
            List.of(
                line(
                    List.of(
                        new Vertex(1, 1),
                        new Vertex(2, 2),
                        new Vertex(3, Double.NaN),
                        new Vertex(4, 4),
                        new Vertex(5, 5)))));

    assertThat(svg.select(".curve path").attr("d").chars().filter(c -> c == 'M')).hasSize(2);
  }

  @Test
  void aCurveOutsideTheFrameLeavesNoInk() {
    Document svg = draw(List.of(line(List.of(new Vertex(1, 20), new Vertex(10, 30)))));

    assertThat(svg.select(".curve")).hasSize(1);
    assertThat(svg.select(".curve path")).isEmpty();
  }

  @Test
  void labelsOfCurvesDoNotCoverEachOther() {
    List<CurveLabel> labels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Vertex end = new Vertex(5, 5 + i * 0.01);
      labels.add(new CurveLabel(INK, RichText.of("label " + i), end, new Vertex(2, 2 + i)));
    }
    Document svg = parse(RENDERER.render(plot(List.of(), Legend.NONE, labels), "figure"));

    List<double[]> places =
        svg.select("text[font-weight=600]").stream()
            .map(
                text ->
                    new double[] {
                      Double.parseDouble(text.attr("x")), Double.parseDouble(text.attr("y"))
                    })
            .toList();
    assertThat(places).hasSize(3);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < i; j++) {
        double[] a = places.get(i);
        double[] b = places.get(j);
        assertThat(Math.abs(a[0] - b[0]) > 30 || Math.abs(a[1] - b[1]) > 10).isTrue();
      }
    }
  }

  @Test
  void everyItemOfTheLegendIsWritten() {
    List<Legend.Item> items =
        IntStream.range(0, 12)
            .mapToObj(i -> Legend.Item.marker(INK, Marker.CIRCLE, false, RichText.of("item " + i)))
            .toList();
    Document svg =
        parse(
            RENDERER.render(
                plot(List.of(), new Legend(RichText.of("C"), items), List.of()), "figure"));

    assertThat(svg.select("text").eachText())
        .containsAll(items.stream().map(item -> item.text().plain()).toList());
  }

  @Test
  void theSamePlotGivesTheSameText() {
    Plot plot = plot(List.of(points("a", 7)), Legend.NONE, List.of());

    assertThat(RENDERER.render(plot, "x")).isEqualTo(RENDERER.render(plot, "x"));
  }

  private static Document draw(List<Layer> layers) {
    return parse(RENDERER.render(plot(layers, Legend.NONE, List.of()), "figure"));
  }

  private static Document parse(String svg) {
    return Jsoup.parse(svg, "", Parser.xmlParser());
  }

  private static Plot plot(List<Layer> layers, Legend legend, List<CurveLabel> labels) {
    return new Plot(
        "A title",
        "What it shows",
        new Axis(RichText.of("x"), new LogScale(1, 10)),
        new Axis(RichText.of("y"), new LinearScale(0, 10)),
        layers,
        legend,
        labels,
        Plot.Note.NONE);
  }

  private static Layer points(String name, int count) {
    return new Layer.Points(
        name,
        INK,
        Marker.CIRCLE,
        false,
        1,
        IntStream.range(0, count).mapToObj(i -> Mark.of(1 + i, i, "point " + i)).toList());
  }

  private static Layer single(double x, double y, Marker marker) {
    return new Layer.Points("single", INK, marker, false, 1, List.of(Mark.of(x, y, "")));
  }

  private static Layer line(List<Vertex> vertices) {
    return new Layer.Line("line", INK, Stroke.SOLID, 1, vertices);
  }
}
