package dev.isoflop.operator.dataset;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Sources of the emoji, pinned in a resource of this program.
 *
 * @param captions labels of all emoji
 * @param google pictures in the style that is trained on
 * @param twitter pictures in the style that is only measured on
 * @param excluded pictures known not to show what their label says
 */
record EmojiSources(
    PackagePin captions, PackagePin google, PackagePin twitter, List<ExcludedEmoji> excluded) {
  private static final String RESOURCE = "emoji-packages.json";

  EmojiSources {
    excluded = List.copyOf(excluded);
  }

  static EmojiSources pinned() {
    ObjectMapper json =
        new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    try (InputStream input = EmojiSources.class.getResourceAsStream(RESOURCE)) {
      if (input == null) {
        throw new IllegalStateException("this program was packed without " + RESOURCE);
      }
      return json.readValue(input, EmojiSources.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
  }

  boolean excludes(String style, String hexcode) {
    return excluded.stream()
        .anyMatch(each -> each.style().equals(style) && each.hexcode().equals(hexcode));
  }
}
