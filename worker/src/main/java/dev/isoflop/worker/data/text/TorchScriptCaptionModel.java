package dev.isoflop.worker.data.text;

import ai.djl.ndarray.types.Shape;
import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.LocalFile;
import dev.isoflop.worker.torch.PinnedFunctions;
import dev.isoflop.worker.torch.PinnedFunctions.Argument;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text encoder from a TorchScript file, as {@code torch.jit.trace} exports CLIP's or T5's: {@code
 * forward(input_ids, attention_mask)}, both int64 {@code [1, T]}, gives {@code [1, T, W]}. The
 * tokens come from the {@code tokenizer.json} beside it.
 *
 * <p>Captions are padded to T tokens, for a traced graph may hold its length; what the graph gives
 * at padded positions is left out.
 */
final class TorchScriptCaptionModel implements CaptionModel {
  private static final String FIELD = "data.textEncoder";
  private static final String TOKENIZER = "tokenizer.json";
  private static final int MAXIMUM_TOKENIZER_BYTES = 64 << 20;

  private final int tokens;
  private final int width;
  private final PinnedFunctions network;
  private final CaptionTokenizer tokenizer;
  private final String digest;

  private TorchScriptCaptionModel(
      int tokens, int width, PinnedFunctions network, CaptionTokenizer tokenizer, String digest) {
    this.tokens = tokens;
    this.width = width;
    this.network = network;
    this.tokenizer = tokenizer;
    this.digest = digest;
  }

  /**
   * Loads network and tokenizer and tries them on a caption.
   *
   * @param uri the TorchScript file
   * @param sha256 its digest
   * @throws DataException naming the field that is wrong
   */
  static TorchScriptCaptionModel load(
      TorchRuntime torch, String uri, String sha256, int tokens, int width) throws DataException {
    Path file = LocalFile.file(uri, FIELD + ".uri", Path.of(""));
    byte[] json = tokenizerJson(file.resolveSibling(TOKENIZER));
    MessageDigest digest = Sha256.start();
    digest.update(json);
    String told =
        "torchscript-sha256:%s-tokenizer-%s-t%d-w%d"
            .formatted(sha256, Sha256.finish(digest), tokens, width);
    PinnedFunctions network = PinnedFunctions.load(torch, uri, sha256, FIELD);
    try {
      TorchScriptCaptionModel model =
          new TorchScriptCaptionModel(tokens, width, network, tokenizer(json, file, tokens), told);
      model.encode("a picture");
      return model;
    } catch (DataException e) {
      network.close();
      throw e;
    }
  }

  private static byte[] tokenizerJson(Path file) throws DataException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          Kind.Missing,
          FIELD + ".uri",
          "there is no '" + file + "' beside the encoder",
          "save it there with the tokenizer's save_pretrained");
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] content = input.readNBytes(MAXIMUM_TOKENIZER_BYTES + 1);
      if (content.length <= MAXIMUM_TOKENIZER_BYTES) {
        return content;
      }
    } catch (IOException e) {
      throw new DataException(
          Kind.Unreadable,
          FIELD + ".uri",
          "cannot read '" + file + "' (" + e + ")",
          "try again",
          e);
    }
    throw new DataException(
        Kind.TooLarge,
        FIELD + ".uri",
        "'" + file + "' has more than " + MAXIMUM_TOKENIZER_BYTES + " bytes",
        "give the tokenizer that belongs to the encoder");
  }

  private static CaptionTokenizer tokenizer(byte[] json, Path file, int tokens)
      throws DataException {
    try {
      return CaptionTokenizer.of(json, tokens);
    } catch (IOException e) {
      throw new DataException(
          Kind.Corrupt,
          FIELD + ".uri",
          "'" + file.resolveSibling(TOKENIZER) + "' is not a tokenizer (" + e.getMessage() + ")",
          "save it with the tokenizer's save_pretrained",
          e);
    }
  }

  @Override
  public int tokens() {
    return tokens;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public float[] encode(String caption) throws DataException {
    long[] ids = tokenizer.encode(caption);
    long[] input = Arrays.copyOf(ids, tokens);
    Arrays.fill(input, ids.length, tokens, tokenizer.padding());
    long[] mask = new long[tokens];
    Arrays.fill(mask, 0, ids.length, 1);
    Shape shape = new Shape(1, tokens);
    PinnedFunctions.Result result =
        network.call("forward", Argument.longs(input, shape), Argument.longs(mask, shape));
    Shape expected = new Shape(1, tokens, width);
    if (!result.shape().equals(expected)) {
      throw network.failed(
          "forward",
          "gives %s instead of %s, that is 1 x data.textEncoder.tokens x data.textEncoder.width"
              .formatted(result.shape(), expected),
          null);
    }
    return Arrays.copyOf(result.values(), ids.length * width);
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public void close() {
    tokenizer.close();
    network.close();
  }
}
