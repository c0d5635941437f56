package dev.isoflop.operator.report.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One element of a drawing, with its attributes in the order they were given; everything is escaped
 * when it is written.
 */
final class Element {

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Node> children = new ArrayList<>();

  private sealed interface Node {}

  private record Nested(Element element) implements Node {}

  private record Text(String text) implements Node {}

  Element(String name) {
    this.name = name;
  }

  Element set(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  Element set(String attribute, double coordinate) {
    return set(attribute, Coordinates.text(coordinate));
  }

  Element add(Element child) {
    children.add(new Nested(child));
    return this;
  }

  Element add(String text) {
    children.add(new Text(text));
    return this;
  }

  boolean isEmpty() {
    return children.isEmpty();
  }

  /** The element as XML. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) ->
            out.append(' ')
                .append(attribute)
                .append("=\"")
                .append(Markup.escape(value))
                .append('"'));
    if (children.isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Node child : children) {
      if (child instanceof Nested nested) {
        nested.element().write(out);
      } else if (child instanceof Text text) {
        out.append(Markup.escape(text.text()));
      }
    }
    out.append("</").append(name).append('>');
  }
}
