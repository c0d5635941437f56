package dev.isoflop.operator.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the texts of a drawing lie: inside it, and on nothing that was measured. */
class PlotRoomTest {

  private static final Ink INK = Palette.ordered(0, 3);
  private static final Pattern ROTATION = Pattern.compile("rotate\\(-90 .*\\)");
  private static final Pattern BAR = Pattern.compile("M([\\d.-]+) ([\\d.-]+)([HV])([\\d.-]+)");
  private static final List<Plot.Size> SIZES =
      List.of(Plot.Size.WIDE, Plot.Size.NARROW, Plot.Size.PANEL);

  @ParameterizedTest
  @ValueSource(doubles = {1.001e18, 1.02e18, 2e18, 5.05e18, 9.99e18, 1.0001e21, 3.3e60})
  void everyLabelOfAnAxisIsWholeInsideTheDrawing(double high) {
    for (Plot.Size size : SIZES) {
      Document svg =
          draw(
              size,
              new LogScale(high / 1.9e4, high),
              new LogScale(1.37e-9, 4.1e6),
              List.of(),
              Legend.NONE,
              Plot.Note.NONE);

      assertThat(svg.select("text")).hasSizeGreaterThan(5);
      insideTheDrawing(svg);
    }
  }

  @Test
  void longNamesAreShortenedAndToldInFull() {
    String name = "a data set that somebody gave a very long name to ".repeat(6).strip();
    for (Plot.Size size : SIZES) {
      Plot plot =
          plot(
              new Axis(RichText.of(name), new LogScale(1, 10)),
              new Axis(RichText.of(name), new LinearScale(0, 10)),
              List.of(),
              new Legend(
                  RichText.EMPTY,
                  List.of(
                      Legend.Item.marker(INK, Marker.CIRCLE, false, RichText.of("short")),
                      Legend.Item.marker(INK, Marker.CIRCLE, false, RichText.of(name)))),
              new Plot.Note(Plot.Corner.TOP_LEFT, List.of(RichText.of(name))));
      Document svg = parse(new PlotRenderer(size).render(plot, "figure"));

      insideTheDrawing(svg);
      assertThat(svg.select("text > title").eachText()).hasSize(4).containsOnly(name);
    }
  }

  @Test
  void aNoteCoversNoMeasurement() {
    for (int corner = 0; corner < 4; corner++) {
      List<Mark> marks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        // Bars fill every corner but one.
        double x = i % 2 == 0 ? 1.5 : 8;
        double y = i < 2 ? 9 : 1;
        if (i != corner) {
          marks.add(Mark.of(x, y, "").withAlong(y - 0.9, y + 0.9));
        }
      }
      noteIsFree(marks);
    }
  }

  @Test
  void aNoteWithoutAFreeCornerStandsAboveTheFrame() {
    List<Mark> marks =
        IntStream.rangeClosed(2, 18)
            .mapToObj(i -> Mark.of(i / 2.0, 5, "").withAlong(0.1, 9.9))
            .toList();
    Document svg = noteIsFree(marks);

    double top = Double.parseDouble(svg.select("line").get(0).attr("y1"));
    assertThat(svg.select(".plot-note text").eachAttr("y"))
        .hasSize(3)
        .allMatch(y -> Double.parseDouble(y) < top);
  }

  private static Document noteIsFree(List<Mark> marks) {
    Document svg =
        draw(
            Plot.Size.PANEL,
            new LogScale(1, 10),
            new LinearScale(0, 10),
            List.of(new Layer.Points("a", INK, Marker.DIAMOND, false, 1.2, marks)),
            Legend.NONE,
            new Plot.Note(
                Plot.Corner.TOP_LEFT,
                List.of(
                    RichText.of("N = 0.0118 C to the 0.489"),
                    RichText.of("exponent [0.473, 0.504]"),
                    RichText.of("R2 = 0.9995"))));
    List<Box> texts = svg.select(".plot-note text").stream().map(PlotRoomTest::box).toList();
    assertThat(texts).hasSize(3);
    List<Box> bars = bars(svg);
    assertThat(bars).hasSizeGreaterThanOrEqualTo(marks.size());
    assertThat(texts).allSatisfy(text -> assertThat(bars).allMatch(bar -> bar.overlap(text) == 0));
    insideTheDrawing(svg);
    return svg;
  }

  @Test
  void aNameOfACurveCoversNoErrorBar() {
    Layer.Vertex end = new Layer.Vertex(5, 5);
    CurveLabel label = new CurveLabel(INK, RichText.of("6e18"), end, new Layer.Vertex(2, 2));
    // Right of the end and over it stand bars; the curve itself is not drawn.
    List<Mark> marks =
        List.of(
            Mark.of(5.4, 5.2, "").withAlong(4, 8),
            Mark.of(5.1, 5.9, "").withAcross(4.2, 5.9),
            Mark.of(5.1, 4.1, "").withAcross(4.2, 5.9));
    Plot plot =
        new Plot(
            "A title",
            "What it shows",
            new Axis(RichText.of("x"), new LogScale(1, 10)),
            new Axis(RichText.of("y"), new LinearScale(0, 10)),
            List.of(new Layer.Points("a", INK, Marker.DIAMOND, false, 1.2, marks)),
            Legend.NONE,
            List.of(label),
            Plot.Note.NONE);
    for (Plot.Size size : SIZES) {
      Document svg = parse(new PlotRenderer(size).render(plot, "figure"));

      assertThat(svg.select("text[font-weight=600]")).hasSize(1);
      Box text = box(svg.select("text[font-weight=600]").get(0));
      assertThat(bars(svg)).hasSize(9).allMatch(bar -> bar.overlap(text) == 0);
    }
  }

  @Test
  void aBarThatGoesOnBeyondTheAxisHasNoEndThere() {
    Document svg =
        draw(
            Plot.Size.PANEL,
            new LogScale(1, 10),
            new LinearScale(0, 10),
            List.of(
                new Layer.Points(
                    "a",
                    INK,
                    Marker.DIAMOND,
                    false,
                    1,
                    List.of(Mark.of(5, 5, "").withAlong(2, 20)))),
            Legend.NONE,
            Plot.Note.NONE);

    assertThat(bars(svg)).hasSize(2);
  }

  @Test
  void aLegendOfManyRowsLeavesTheFrameItsHeight() {
    List<Legend.Item> items =
        IntStream.range(0, 64)
            .mapToObj(i -> Legend.Item.marker(INK, Marker.CIRCLE, false, RichText.of("item " + i)))
            .toList();
    Document svg =
        draw(
            Plot.Size.NARROW,
            new LogScale(1, 10),
            new LinearScale(0, 10),
            List.of(),
            new Legend(RichText.EMPTY, items),
            Plot.Note.NONE);
    Element upright = svg.select("line").get(0);
    double height = Double.parseDouble(upright.attr("y2")) - Double.parseDouble(upright.attr("y1"));

    assertThat(height).isGreaterThan(Plot.Size.NARROW.height() / 2);
    insideTheDrawing(svg);
  }

  /** Estimates as the drawing's own do; the widths of real fonts are tried in a browser. */
  private static void insideTheDrawing(Document svg) {
    double width = Double.parseDouble(svg.select("svg").attr("width"));
    double height = Double.parseDouble(svg.select("svg").attr("height"));
    assertThat(svg.select("svg").attr("viewBox")).startsWith("0 0 ");
    assertThat(svg.select("text"))
        .isNotEmpty()
        .allSatisfy(
            text -> {
              Box place = box(text);
              assertThat(place.x()).as(text.text()).isGreaterThanOrEqualTo(0);
              assertThat(place.y()).as(text.text()).isGreaterThanOrEqualTo(0);
              assertThat(place.x() + place.width()).as(text.text()).isLessThanOrEqualTo(width);
              assertThat(place.y() + place.height()).as(text.text()).isLessThanOrEqualTo(height);
            });
  }

  private static Box box(Element text) {
    double size = Double.parseDouble(text.attr("font-size"));
    double x = Double.parseDouble(text.attr("x"));
    double y = Double.parseDouble(text.attr("y"));
    double width = 0;
    for (org.jsoup.nodes.Node node : text.childNodes()) {
      if (node instanceof org.jsoup.nodes.TextNode own) {
        width += TextSetter.width(RichText.of(own.getWholeText()), size);
      } else if (node instanceof Element span && span.tagName().equals("tspan")) {
        double own = span.hasAttr("font-size") ? Double.parseDouble(span.attr("font-size")) : size;
        width += TextSetter.width(RichText.of(span.wholeText()), own);
      }
    }
    double left =
        switch (text.attr("text-anchor")) {
          case "middle" -> x - width / 2;
          case "end" -> x - width;
          default -> x;
        };
    return ROTATION.matcher(text.attr("transform")).matches()
        ? new Box(x - size * 0.8, y - (left - x) - width, size, width)
        : new Box(left, y - size * 0.8, width, size);
  }

  private static List<Box> bars(Document svg) {
    List<Box> bars = new ArrayList<>();
    for (Element path : svg.select(".mark > path")) {
      Matcher bar = BAR.matcher(path.attr("d"));
      if (bar.matches()) {
        double x = Double.parseDouble(bar.group(1));
        double y = Double.parseDouble(bar.group(2));
        double to = Double.parseDouble(bar.group(4));
        boolean across = bar.group(3).equals("H");
        bars.add(Box.between(x, y, across ? to : x, across ? y : to, 0.6));
      }
    }
    return bars;
  }

  private static Document draw(
      Plot.Size size, Scale x, Scale y, List<Layer> layers, Legend legend, Plot.Note note) {
    Plot plot =
        plot(new Axis(RichText.of("x"), x), new Axis(RichText.of("y"), y), layers, legend, note);
    return parse(new PlotRenderer(size).render(plot, "figure"));
  }

  private static Plot plot(Axis x, Axis y, List<Layer> layers, Legend legend, Plot.Note note) {
    return new Plot("A title", "What it shows", x, y, layers, legend, List.of(), note);
  }

  private static Document parse(String svg) {
    return Jsoup.parse(svg, "", Parser.xmlParser());
  }
}
