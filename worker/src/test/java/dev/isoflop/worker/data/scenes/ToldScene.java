package dev.isoflop.worker.data.scenes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A caption read back into what it claims, by a grammar written apart from the one that tells it.
 */
record ToldScene(List<Told> figures, List<String> relations, Optional<String> background) {
  record Told(String size, String color, String texture, String kind) {}

  private static final String FIGURE =
      "(?:a|an) (?:(small|large) )?"
          + "(red|orange|yellow|green|teal|blue|purple|pink|brown|black|white|grey) "
          + "(?:(striped|checkered|dotted|gradient) )?"
          + "(circle|square|triangle|ring|cross|bar|diamond|semicircle)";
  private static final String RELATION = "(left of|right of|above|below)";
  private static final Pattern CAPTION =
      Pattern.compile(
          "(?<first>%1$s)(?: (?<one>%2$s) (?<second>%1$s)(?: and (?<two>%2$s) (?<third>%1$s))?)?"
                  .formatted(FIGURE, RELATION)
              + "(?: on a (?<background>[a-z ]+) background)?");

  static ToldScene read(String caption) {
    Matcher matcher = CAPTION.matcher(caption);
    if (!matcher.matches()) {
      throw new AssertionError("not a sentence of the captions' language: " + caption);
    }
    List<Told> figures = new ArrayList<>();
    for (String group : Arrays.asList("first", "second", "third")) {
      if (matcher.group(group) != null) {
        figures.add(figure(matcher.group(group)));
      }
    }
    List<String> relations = new ArrayList<>();
    for (String group : Arrays.asList("one", "two")) {
      if (matcher.group(group) != null) {
        relations.add(matcher.group(group));
      }
    }
    return new ToldScene(figures, relations, Optional.ofNullable(matcher.group("background")));
  }

  private static Told figure(String words) {
    Matcher matcher = Pattern.compile(FIGURE).matcher(words);
    if (!matcher.matches()) {
      throw new AssertionError(words);
    }
    return new Told(
        Optional.ofNullable(matcher.group(1)).orElse("medium"),
        matcher.group(2),
        Optional.ofNullable(matcher.group(3)).orElse("plain"),
        matcher.group(4));
  }
}
