package dev.isoflop.operator.kubernetes.observe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies a resource as it is read, without what no turn reads, and no more of it than fits: whoever
 * may write to an API server can write up to 1.5 MiB into each resource, as deep and as finely
 * divided as they like. A part that is too large is cut off, and named.
 */
final class BoundedCopy {
  /**
   * Names are all that is read of annotations and labels, and a name has at most 253 characters.
   */
  static final int LONGEST_NAME = 253;

  /** Bytes of memory that a token takes beside its text, roughly. */
  private static final int TOKEN_BYTES = 32;

  /** Deeper than any resource that is read. */
  private static final int DEEPEST = 64;

  private static final String METADATA = "metadata";

  /** Largest size of each part that is copied, in KiB; the last three parts are those of events. */
  private static final Map<String, Integer> MOST_KIB =
      Map.of(METADATA, 64, "spec", 128, "status", 512, "note", 16, "regarding", 16, "series", 4);

  /** Fields of the metadata whose values are names. */
  private static final Set<String> NAMED = Set.of("labels", "annotations");

  /** Who last wrote which field, and what the pods of a Job are made from. */
  private static final Map<String, Set<String>> UNREAD =
      Map.of(
          METADATA,
          Set.of("managedFields"),
          "spec",
          Set.of("template", "podFailurePolicy", "selector"));

  private final JsonParser parser;
  private final TokenBuffer copy;
  private long room;
  private Optional<String> cut = Optional.empty();

  private BoundedCopy(JsonParser parser, TokenBuffer copy) {
    this.parser = parser;
    this.copy = copy;
  }

  /** Reads the resource at whose start the parser is; afterwards it is at the resource's end. */
  static BoundedCopy of(JsonParser parser, DeserializationContext context) throws IOException {
    BoundedCopy bounded = new BoundedCopy(parser, context.bufferForInputBuffering(parser));
    bounded.resource();
    return bounded;
  }

  TokenBuffer tokens() {
    return copy;
  }

  /** The part, such as {@code spec}, that is larger than it may be; the copy lacks some of it. */
  Optional<String> cut() {
    return cut;
  }

  /** The largest size of a part, in words. */
  static String most(String part) {
    return MOST_KIB.get(part) + " KiB";
  }

  private void resource() throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      copy.copyCurrentStructure(parser);
      return;
    }
    copy.writeStartObject();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (MOST_KIB.containsKey(name)) {
        room = MOST_KIB.get(name) * 1024L;
        copy.writeFieldName(name);
        part(name);
        if (room < 0 && cut.isEmpty()) {
          cut = Optional.of(name);
        }
      } else if (token.isScalarValue() && parser.getTextLength() <= LONGEST_NAME) {
        copy.writeFieldName(name);
        copy.copyCurrentEvent(parser);
      } else {
        parser.skipChildren();
      }
    }
    copy.writeEndObject();
  }

  /** A part of a resource; of metadata that are too large, texts and numbers are copied still. */
  private void part(String part) throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      value(1);
      return;
    }
    boolean metadata = part.equals(METADATA);
    copy.writeStartObject();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      boolean identity = parser.nextToken().isScalarValue() && metadata;
      if (UNREAD.getOrDefault(part, Set.of()).contains(name) || (room < 0 && !identity)) {
        parser.skipChildren();
      } else if (metadata && NAMED.contains(name) && parser.isExpectedStartObjectToken()) {
        field(name);
        names();
      } else {
        field(name);
        value(2);
      }
    }
    copy.writeEndObject();
  }

  private void field(String name) throws IOException {
    room -= name.length();
    copy.writeFieldName(name);
  }

  /** Names by their keys; nothing in place of a text that is longer than any. */
  private void names() throws IOException {
    room -= TOKEN_BYTES;
    copy.writeStartObject();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      boolean tooLong = parser.nextToken().isScalarValue() && parser.getTextLength() > LONGEST_NAME;
      if (room < 0) {
        parser.skipChildren();
      } else if (tooLong) {
        field(name);
        room -= TOKEN_BYTES;
        copy.writeString("");
      } else {
        field(name);
        value(3);
      }
    }
    copy.writeEndObject();
  }

  private void value(int depth) throws IOException {
    room -= TOKEN_BYTES;
    if (parser.currentToken().isScalarValue()) {
      room -= parser.getTextLength();
      copy.copyCurrentEvent(parser);
    } else if (depth > DEEPEST) {
      room = -1;
      parser.skipChildren();
      copy.writeNull();
    } else if (parser.isExpectedStartArrayToken()) {
      array(depth);
    } else {
      object(depth);
    }
  }

  private void array(int depth) throws IOException {
    copy.writeStartArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (room < 0) {
        parser.skipChildren();
      } else {
        value(depth + 1);
      }
    }
    copy.writeEndArray();
  }

  private void object(int depth) throws IOException {
    copy.writeStartObject();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (room < 0) {
        parser.skipChildren();
      } else {
        field(name);
        value(depth + 1);
      }
    }
    copy.writeEndObject();
  }
}
