package dev.isoflop.operator.report.page;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.TrialPictures;
import dev.isoflop.operator.report.page.Page.ChoiceView;
import dev.isoflop.operator.report.page.Page.DrawingView;
import dev.isoflop.operator.report.page.Page.PanelView;
import dev.isoflop.operator.report.page.Page.Verbatim;
import dev.isoflop.operator.report.plot.Markup;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import java.util.ArrayList;
import java.util.List;

/**
 * Sample pictures of the best model of each budget, and of the largest budget's model during
 * training.
 */
final class PictureFigure {
  static final String ID = "pictures";

  private final List<TrialPictures> pictures;
  private final boolean grey;

  /**
   * A figure of these pictures.
   *
   * @param pictures by ascending budget; at least one
   * @param grey whether pictures have one channel, so that no colour of a caption shows in them
   */
  PictureFigure(List<TrialPictures> pictures, boolean grey) {
    this.pictures = List.copyOf(pictures);
    this.grey = grey;
  }

  private TrialPictures largest() {
    return pictures.get(pictures.size() - 1);
  }

  static RichText title() {
    return RichText.of("Pictures for the same captions, from the same noise");
  }

  List<RichText> caption() {
    String text =
        "What the model of the lowest loss at each budget draws for captions of %s."
            .formatted(largest().dataset());
    List<RichText> paragraphs = new ArrayList<>();
    paragraphs.add(RichText.of(text));
    if (!largest().onTheWay().isEmpty()) {
      paragraphs.add(RichText.of("Then what that of the largest budget drew during its training."));
    }
    if (grey) {
      paragraphs.add(
          RichText.of(
              "The pictures have one channel: colours that captions name are shades of grey."));
    }
    return paragraphs;
  }

  List<RichText> notes() {
    return List.of(
        RichText.of(
            "Each picture leads to its file; every trial has its own, %s and others beside it."
                .formatted(largest().end().link())));
  }

  /** Row by row. */
  List<String> captions() {
    return largest().captions();
  }

  List<PanelView> panels() {
    List<PanelView> panels = new ArrayList<>();
    for (TrialPictures of : pictures) {
      panels.add(panel(panels.size() + 1, budget(of), of, of.end()));
    }
    for (TrialPictures.Drawing drawing : largest().onTheWay()) {
      RichText heading =
          budget(largest()).text(", after step " + NumberFormat.whole(drawing.step()));
      panels.add(panel(panels.size() + 1, heading, largest(), drawing));
    }
    return panels;
  }

  private static RichText budget(TrialPictures of) {
    return RichText.EMPTY.italic("C").text(" = ").then(Numerals.flops(of.budget()));
  }

  private static PanelView panel(
      int number, RichText heading, TrialPictures of, TrialPictures.Drawing drawing) {
    String id = ID + "-" + number;
    String alternative =
        "%d pictures drawn by %s after step %d"
            .formatted(of.captions().size(), of.trial(), drawing.step());
    String image =
        "<a href=\"%s\"><img class=\"pictures\" alt=\"%s\" src=\"data:image/png;base64,%s\"/></a>"
            .formatted(Markup.escape(drawing.link()), Markup.escape(alternative), drawing.png());
    DrawingView view = new DrawingView("any", new Verbatim(image));
    return new PanelView(
        id, heading, false, List.of(new ChoiceView(id + "-1", "", true, List.of(view))), "");
  }
}
