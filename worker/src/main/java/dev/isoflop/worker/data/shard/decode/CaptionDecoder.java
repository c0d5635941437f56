package dev.isoflop.worker.data.shard.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.DataNotes;
import dev.isoflop.worker.data.array.ArrayEncoding;
import dev.isoflop.worker.data.array.NumberType;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a caption: text as it is, of a json the key "caption", else "text", else the class under
 * "label" or "cls", or the name of a numbered class. A caption of nothing is none: its sample
 * trains and is measured as one whose caption was dropped. One that is too long is cut.
 */
final class CaptionDecoder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final Limits limits;
  private final List<String> classNames;
  private final DataNotes notes;

  CaptionDecoder(Limits limits, List<String> classNames, DataNotes notes) {
    this.classNames = classNames;
    this.limits = limits;
    this.notes = notes;
  }

  String decode(StoredSample sample) throws DataException {
    StoredFile file = sample.caption().orElseThrow();
    Optional<NumberType> number = NumberType.labelled(file.extension());
    if (number.isPresent()) {
      ArrayEncoding one = new ArrayEncoding(number, Optional.of(List.of(1L)));
      return className(one.read(file.content(), sample.where(file)).get(0), sample);
    }
    String text = utf8(sample, file);
    String caption =
        switch (file.extension()) {
          case "json" -> fromJson(sample, text);
          case "cls" -> label(text.strip(), sample);
          default -> text;
        };
    return fitting(caption.strip(), sample.where(file));
  }

  private String fitting(String caption, String where) {
    if (caption.isEmpty()) {
      notes.once(
          "empty caption",
          where + ": has no caption; such samples count as samples whose caption was dropped");
      return caption;
    }
    int most = limits.captionLength();
    if (caption.length() <= most) {
      return caption;
    }
    notes.once(
        "long caption",
        "%s: its caption has %d characters; captions are cut to %d"
            .formatted(where, caption.length(), most));
    boolean splitsPair = Character.isHighSurrogate(caption.charAt(most - 1));
    return caption.substring(0, splitsPair ? most - 1 : most);
  }

  /** The name of a class by its number, or a name itself. */
  private String label(String label, StoredSample sample) throws DataException {
    return NUMBER.matcher(label).matches() ? className(Integer.parseInt(label), sample) : label;
  }

  private String className(double number, StoredSample sample) throws DataException {
    if (number < 0 || number != Math.rint(number)) {
      throw corrupt(sample, "is " + number + ", which numbers no class", "name another column");
    }
    if (classNames.isEmpty()) {
      return "class " + (long) number;
    }
    if (number >= classNames.size()) {
      throw corrupt(
          sample,
          "is class %d, but classNames has %d names".formatted((long) number, classNames.size()),
          "name every class, from that of label 0 on");
    }
    return classNames.get((int) number);
  }

  private static String utf8(StoredSample sample, StoredFile file) throws DataException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.content())).toString();
    } catch (CharacterCodingException e) {
      throw corrupt(sample, "is not UTF-8 text", "convert it to UTF-8");
    }
  }

  private String fromJson(StoredSample sample, String text) throws DataException {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw corrupt(sample, "is not JSON (" + e.getOriginalMessage() + ")", "make it again");
    }
    for (String key : new String[] {"caption", "text"}) {
      JsonNode caption = root.path(key);
      if (caption.isTextual()) {
        return caption.textValue();
      }
    }
    for (String key : new String[] {"label", "cls"}) {
      JsonNode label = root.path(key);
      if (label.isTextual() || label.isIntegralNumber()) {
        return label(label.asText(), sample);
      }
    }
    if (root.path("caption").isNull() || root.path("text").isNull()) {
      return "";
    }
    throw corrupt(
        sample,
        "has neither a \"caption\" nor a \"text\" that is a string, nor a \"label\"",
        "add one, or a .txt beside it");
  }

  private static DataException corrupt(StoredSample sample, String problem, String remedy) {
    return new DataException(
        Kind.Corrupt, sample.where(sample.caption().orElseThrow()), problem, remedy);
  }
}
