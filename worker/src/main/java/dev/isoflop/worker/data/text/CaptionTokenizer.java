package dev.isoflop.worker.data.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Captions as token numbers, by a {@code tokenizer.json} as Hugging Face's tokenizers write it.
 * Special tokens are added, a caption of too many is cut, nothing is padded. Safe for use by
 * threads.
 */
final class CaptionTokenizer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HuggingFaceTokenizer tokenizer;
  private final long padding;

  private CaptionTokenizer(HuggingFaceTokenizer tokenizer, long padding) {
    this.tokenizer = tokenizer;
    this.padding = padding;
  }

  /**
   * Reads a tokenizer.
   *
   * @param json the content of {@code tokenizer.json}
   * @param tokens most tokens of a caption, special ones included
   * @throws IOException if it is not one
   */
  static CaptionTokenizer of(byte[] json, int tokens) throws IOException {
    System.setProperty("ai.djl.offline", "true");
    JsonNode padId = JSON.readTree(json).path("padding").path("pad_id");
    Map<String, String> options =
        Map.of(
            "truncation", "true",
            "padding", "false",
            "maxLength", Integer.toString(tokens),
            "addSpecialTokens", "true");
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
      return new CaptionTokenizer(tokenizer, padId.asLong(0));
    } catch (RuntimeException e) { // what the native reader throws
      throw new IOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  /** The numbers of a caption's tokens. */
  long[] encode(String caption) {
    return tokenizer.encode(caption).getIds();
  }

  /** The number that stands where a caption has no more tokens; 0 if the file names none. */
  long padding() {
    return padding;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
