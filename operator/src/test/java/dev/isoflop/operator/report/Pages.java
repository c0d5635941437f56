package dev.isoflop.operator.report;

import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.page.HtmlReport;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Looks at rendered pages. */
public final class Pages {

  private static final HtmlReport REPORT = new HtmlReport();

  private Pages() {}

  public static String render(ReportInput input) {
    return REPORT.render(input);
  }

  public static Document page(ReportInput input) {
    return Jsoup.parse(REPORT.render(input));
  }

  /** Fails unless the page is well-formed XML. */
  public static void requireWellFormed(String html) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      builder.parse(new InputSource(new StringReader(html)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  /** How many marks a series has in one drawing. */
  public static int marks(Document page, String drawing, String series) {
    Element svg = page.getElementById(drawing);
    if (svg == null) {
      throw new AssertionError("no drawing " + drawing);
    }
    return svg.getElementsByAttributeValue("data-series", series).stream()
        .mapToInt(group -> group.select("> .mark").size())
        .sum();
  }
}
