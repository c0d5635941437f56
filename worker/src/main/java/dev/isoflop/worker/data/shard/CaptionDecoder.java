package dev.isoflop.worker.data.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.array.ArrayEncoding;
import dev.isoflop.worker.data.array.NumberType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads a caption: text as it is, the key "caption", else "text", of a json, or the name of a
 * numbered class.
 */
final class CaptionDecoder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Limits limits;
  private final List<String> classNames;

  CaptionDecoder(Limits limits, List<String> classNames) {
    this.classNames = classNames;
    this.limits = limits;
  }

  String decode(StoredSample sample) throws DataException {
    StoredFile file = sample.caption().orElseThrow();
    Optional<NumberType> number = NumberType.labelled(file.extension());
    if (number.isPresent()) {
      ArrayEncoding one = new ArrayEncoding(number, Optional.of(List.of(1L)));
      return className(one.read(file.content(), sample.where(file)).get(0), sample);
    }
    String text = utf8(sample, file);
    String caption = (file.extension().equals("json") ? fromJson(sample, text) : text).strip();
    if (caption.isEmpty()) {
      throw corrupt(sample, "is empty", "write a caption into it or remove the sample");
    }
    if (caption.length() > limits.captionLength()) {
      throw new DataException(
          Kind.TooLarge,
          sample.where(file),
          "its caption has %d characters, over the bound of %d"
              .formatted(caption.length(), limits.captionLength()),
          "shorten it");
    }
    return caption;
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

  private static String fromJson(StoredSample sample, String text) throws DataException {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw corrupt(sample, "is not JSON (" + e.getOriginalMessage() + ")", "make it again");
    }
    for (String key : new String[] {"caption", "text"}) {
      JsonNode caption = root.get(key);
      if (caption != null && caption.isTextual()) {
        return caption.textValue();
      }
    }
    throw corrupt(
        sample,
        "has neither a \"caption\" nor a \"text\" that is a string",
        "add one, or a .txt beside it");
  }

  private static DataException corrupt(StoredSample sample, String problem, String remedy) {
    return new DataException(
        Kind.Corrupt, sample.where(sample.caption().orElseThrow()), problem, remedy);
  }
}
