package dev.isoflop.operator.report.page;

import dev.isoflop.operator.report.input.ComparisonInput;
import dev.isoflop.operator.report.input.PageInput;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.Markup;
import dev.isoflop.operator.report.plot.RichText;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;

/**
 * The report as one page that needs nothing else: no network, no fonts, no libraries. It is also
 * well-formed XML. Every text is escaped; only drawings and formulas made here enter as markup.
 */
public final class HtmlReport {

  private final Template template;

  public HtmlReport() {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new MarkupMapper())
            .strictRendering(true)
            .removeStandaloneLines(true)
            .build();
    template = engine.parse(Assets.text("report.html"));
  }

  /** The page as HTML. */
  public String render(PageInput input) {
    return template.data("page", page(input)).render();
  }

  /** The parts of the page. */
  static Page page(PageInput input) {
    return input instanceof ComparisonInput compared
        ? new ComparisonPage(compared).build()
        : new PageBuilder((ReportInput) input).build();
  }

  /** Escapes every text; lets through what is markup already. */
  private static final class MarkupMapper implements ResultMapper {
    @Override
    public String map(Object result, Expression expression) {
      if (result instanceof RichText text) {
        return text.html();
      }
      return result instanceof Page.Verbatim verbatim
          ? verbatim.text()
          : Markup.escape(result.toString());
    }
  }
}
