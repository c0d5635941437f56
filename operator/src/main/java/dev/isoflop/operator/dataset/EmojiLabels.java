package dev.isoflop.operator.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Labels by code points, from emojibase's {@code en/data.json}. */
final class EmojiLabels {
  private static final String PRESENTATION = "FE0F";

  private final Map<String, EmojiLabel> labels;

  private EmojiLabels(Map<String, EmojiLabel> labels) {
    this.labels = labels;
  }

  static EmojiLabels parse(byte[] json) throws DatasetException {
    Map<String, EmojiLabel> labels = new HashMap<>();
    try {
      JsonNode emojis = new ObjectMapper().readTree(json);
      if (!emojis.isArray()) {
        throw new IOException("no list of emoji");
      }
      for (JsonNode emoji : emojis) {
        String base = emoji.required("label").asText();
        add(labels, emoji, base);
        for (JsonNode variant : emoji.path("skins")) {
          add(labels, variant, base);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new DatasetException(
          "emojibase's data.json is not as expected (" + e.getMessage() + ")",
          "use the pinned version of emojibase-data",
          e);
    }
    return new EmojiLabels(labels);
  }

  private static void add(Map<String, EmojiLabel> labels, JsonNode emoji, String base) {
    labels.put(
        canonical(emoji.required("hexcode").asText()),
        new EmojiLabel(emoji.required("label").asText(), base));
  }

  /** The label of an emoji, however its code points are written. */
  Optional<EmojiLabel> find(String hexcode) {
    return Optional.ofNullable(labels.get(canonical(hexcode)));
  }

  /** Upper case, without the selector of coloured presentation, which sources set at will. */
  static String canonical(String hexcode) {
    return Arrays.stream(hexcode.toUpperCase(Locale.ROOT).split("-", -1))
        .filter(part -> !part.equals(PRESENTATION))
        .collect(Collectors.joining("-"));
  }
}
