package dev.isoflop.operator.collect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import dev.isoflop.metric.MetricNames;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reader of an instant vector, as Prometheus answers a query with it: {@code {"data": {"result":
 * [{"metric": {LABEL: TEXT, ...}, "value": [SECONDS, "VALUE"]}, ...]}}}. It reads token by token
 * and keeps values of the trials asked for, nothing else.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#instant-vectors">Instant
 *     vectors</a>
 */
final class VectorReader implements AnswerReader {
  private static final int RESULT = 3;
  private static final int SERIES = 4;
  private static final int INSIDE = 5;
  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 64;
  private static final String NO_NUMBER = "a value is not a number";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNameLength(1 << 10)
                  .maxStringLength(16 << 10)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .build();

  private final Map<String, TrialValues> trials = new HashMap<>();
  private final JsonParser parser;
  private final ByteArrayFeeder feeder;

  /** Names of the fields that the containers around the cursor lie in, from the outermost. */
  private final @Nullable String[] fields = new String[DEEPEST + 2];

  private int depth;
  private boolean found;
  private @Nullable String name;
  private @Nullable String trial;
  private @Nullable String value;
  private int item;

  /**
   * @param asked names of trials
   */
  VectorReader(Set<String> asked) {
    asked.forEach(name -> trials.put(name, new TrialValues()));
    try {
      parser = JSON.createNonBlockingByteArrayParser();
    } catch (IOException e) {
      throw new IllegalStateException("a parser without a source reads nothing", e);
    }
    feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
  }

  @Override
  public void take(byte[] bytes, int from, int to) throws UnreadableAnswerException {
    try {
      feeder.feedInput(bytes, from, to);
      read();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void end() throws UnreadableAnswerException {
    try {
      feeder.endOfInput();
      read();
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (depth > 0 || !found) {
      throw new UnreadableAnswerException("it is not the answer of a Prometheus to a query");
    }
  }

  /** The scrape of each trial asked for. */
  Map<String, Scrape> scrapes(Instant now) {
    Map<String, Scrape> scrapes = new HashMap<>();
    trials.forEach((name, values) -> scrapes.put(name, values.scrape(now)));
    return scrapes;
  }

  private static UnreadableAnswerException unreadable(IOException e) {
    return e instanceof UnreadableAnswerException own
        ? own
        : new UnreadableAnswerException("it is not JSON of the usual lengths and depth");
  }

  private void read() throws IOException {
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.NOT_AVAILABLE) {
      read(token);
      token = parser.nextToken();
    }
  }

  private void read(JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT, START_ARRAY -> open(token == JsonToken.START_ARRAY);
      case END_OBJECT, END_ARRAY -> close();
      case FIELD_NAME -> fields[depth] = parser.currentName();
      default -> scalar();
    }
  }

  private void open(boolean array) {
    depth++;
    fields[depth] = null;
    if (depth == RESULT && array && "data".equals(fields[1]) && "result".equals(fields[2])) {
      found = true;
    } else if (depth == SERIES) {
      name = null;
      trial = null;
      value = null;
    } else if (depth == INSIDE) {
      item = 0;
    }
  }

  private void scalar() throws IOException {
    if (depth != INSIDE || !inVector()) {
      return;
    }
    if ("metric".equals(fields[SERIES])) {
      if ("__name__".equals(fields[INSIDE])) {
        name = parser.getText();
      } else if (MetricNames.TRIAL.equals(fields[INSIDE])) {
        trial = parser.getText();
      }
    } else if ("value".equals(fields[SERIES])) {
      value = item == 1 ? parser.getText() : value;
      item++;
    }
  }

  private boolean inVector() {
    return "data".equals(fields[1]) && "result".equals(fields[2]);
  }

  private void close() throws UnreadableAnswerException {
    if (depth == SERIES && inVector() && value != null) {
      TrialValues values = trials.get(trial);
      double number = number(value);
      if (values != null) {
        values.add(name == null ? "" : name, number);
      }
    }
    depth--;
  }

  private static double number(String text) throws UnreadableAnswerException {
    if (text.length() > LONGEST_NUMBER) {
      throw new UnreadableAnswerException(NO_NUMBER);
    }
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> parsed(text);
    };
  }

  private static double parsed(String text) throws UnreadableAnswerException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UnreadableAnswerException(NO_NUMBER);
    }
  }
}
