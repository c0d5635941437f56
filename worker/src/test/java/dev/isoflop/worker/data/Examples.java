package dev.isoflop.worker.data;

import java.util.ArrayList;
import java.util.List;

/** What tests do with examples. */
public final class Examples {
  private Examples() {}

  /** The first examples of a stream, which is closed. */
  public static List<Example> take(ExampleStream stream, int count) throws DataException {
    List<Example> examples = new ArrayList<>();
    try (stream) {
      for (int i = 0; i < count; i++) {
        examples.add(stream.next().orElseThrow().decode());
      }
    }
    return examples;
  }

  public static List<String> captions(List<Example> examples) {
    return examples.stream().map(Example::caption).toList();
  }
}
