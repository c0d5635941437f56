package dev.isoflop.worker.data.coco;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code images} (id, file_name) and {@code annotations} (image_id, caption) of a COCO
 * captions file as they stream by; all else is skipped. Memory is bounded by {@link
 * #MAXIMUM_CHARACTERS}, whatever the file's size.
 */
final class CocoReader {
  /** Most characters of all file names and captions; COCO 2014 has 25 million in training. */
  static final long MAXIMUM_CHARACTERS = 512L << 20;

  static final int MAXIMUM_CAPTION = 1 << 14;
  private static final String CAPTION = "caption";
  private static final int MAXIMUM_NAME = 1 << 10;

  /** What an image or a caption costs beside its characters. */
  private static final int OVERHEAD = 50;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 10)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // a hostile file has millions
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<Long, String> files = new LinkedHashMap<>();
  private final Map<Long, List<String>> captions = new HashMap<>();
  private final long maximumCharacters;
  private long characters;

  private CocoReader(long maximumCharacters) {
    this.maximumCharacters = maximumCharacters;
  }

  /**
   * The images in the order of the file.
   *
   * @throws IOException saying what is wrong with it, and where
   */
  static List<CocoImage> read(InputStream input) throws IOException {
    return read(input, MAXIMUM_CHARACTERS);
  }

  static List<CocoImage> read(InputStream input, long maximumCharacters) throws IOException {
    CocoReader reader = new CocoReader(maximumCharacters);
    try (JsonParser json = JSON.createParser(input)) {
      reader.top(json);
    } catch (JsonProcessingException e) {
      // Of a bound that was broken the place is not told.
      String place = e.getLocation() == null ? "" : at(e.getLocation());
      throw new IOException(e.getOriginalMessage() + place, e);
    }
    return reader.images();
  }

  private void top(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("it is not an object with \"images\" and \"annotations\"");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("images") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          image(json);
        }
        requireEnd(json, "images");
      } else if (name.equals("annotations") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          annotation(json);
        }
        requireEnd(json, "annotations");
      } else {
        json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new IOException("it goes on after its end");
    }
  }

  private static void requireEnd(JsonParser json, String list) throws IOException {
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw new IOException(
          "\"" + list + "\" holds something that is not an object" + at(json.currentLocation()));
    }
  }

  private void image(JsonParser json) throws IOException {
    Entry entry = entry(json, "id", "file_name", MAXIMUM_NAME);
    if (files.putIfAbsent(entry.id(), entry.text()) != null) {
      throw new IOException("two images have the id " + entry.id());
    }
  }

  private void annotation(JsonParser json) throws IOException {
    Entry entry = entry(json, "image_id", CAPTION, MAXIMUM_CAPTION);
    captions.computeIfAbsent(entry.id(), id -> new ArrayList<>(5)).add(entry.text());
  }

  /** The two fields that matter of an image or a caption. */
  private record Entry(long id, String text) {}

  /** A caption may be empty or null, which is none, and is cut where it is too long. */
  private Entry entry(JsonParser json, String idField, String textField, int most)
      throws IOException {
    boolean caption = textField.equals(CAPTION);
    Optional<Long> id = Optional.empty();
    Optional<String> text = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals(idField) && value == JsonToken.VALUE_NUMBER_INT) {
        id = Optional.of(json.getLongValue());
      } else if (name.equals(textField) && value == JsonToken.VALUE_STRING) {
        text = Optional.of(json.getText().strip());
      } else if (caption && name.equals(CAPTION) && value == JsonToken.VALUE_NULL) {
        text = Optional.of("");
      } else {
        json.skipChildren();
      }
    }
    if (id.isEmpty() || text.isEmpty() || (text.get().isEmpty() && !caption)) {
      throw new IOException(
          "an entry has no \"%s\" that is a whole number, or no \"%s\" that is text"
                  .formatted(idField, textField)
              + at(json.currentLocation()));
    }
    if (caption && text.get().length() > most) {
      boolean splitsPair = Character.isHighSurrogate(text.get().charAt(most - 1));
      text = Optional.of(text.get().substring(0, splitsPair ? most - 1 : most));
    } else if (text.get().length() > most) {
      throw new IOException(
          "a \"%s\" has %d characters, over the bound of %d"
                  .formatted(textField, text.get().length(), most)
              + at(json.currentLocation()));
    }
    characters += OVERHEAD + text.get().length();
    if (characters > maximumCharacters) {
      throw new IOException(
          "its names and captions have more than %d characters".formatted(maximumCharacters));
    }
    return new Entry(id.get(), text.get());
  }

  private List<CocoImage> images() throws IOException {
    List<CocoImage> images = new ArrayList<>(files.size());
    for (Map.Entry<Long, String> file : files.entrySet()) {
      List<String> said = captions.remove(file.getKey());
      images.add(new CocoImage(file.getValue(), said == null ? List.of() : List.copyOf(said)));
    }
    if (!captions.isEmpty()) {
      throw new IOException(
          "a caption is of an image with the id %d, and there is no such image"
              .formatted(captions.keySet().iterator().next()));
    }
    if (images.isEmpty()) {
      throw new IOException("it has no images");
    }
    if (images.stream().allMatch(image -> image.captions().isEmpty())) {
      throw new IOException("none of its images has a caption");
    }
    return images;
  }

  private static String at(JsonLocation location) {
    return " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }
}
