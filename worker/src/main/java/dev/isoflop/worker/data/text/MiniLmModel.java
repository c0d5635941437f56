package dev.isoflop.worker.data.text;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.isoflop.common.Sha256;
import dev.isoflop.rules.DataRules;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * all-MiniLM-L6-v2 (Wang et al. 2020; sentence-transformers) in 32-bit floats, from its Maven
 * artifact: the last hidden state of every token.
 *
 * <p>A caption is encoded alone and without padding, on one thread, so that its features depend on
 * nothing else. The network is loaded when the first caption comes that no cache holds.
 */
final class MiniLmModel implements CaptionModel {
  private static final String NETWORK = "/all-minilm-l6-v2.onnx";
  private static final String NETWORK_DIGEST =
      "sha256:ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

  private final int tokens;
  private @Nullable Loaded loaded;

  /** A network and the tokenizer that belongs to it. */
  private record Loaded(OrtSession session, CaptionTokenizer tokenizer) {}

  /**
   * Loads nothing yet.
   *
   * @param tokens most tokens of a caption, [CLS] and [SEP] included
   */
  MiniLmModel(int tokens) {
    this.tokens = tokens;
  }

  @Override
  public int tokens() {
    return tokens;
  }

  @Override
  public int width() {
    return DataRules.MINILM_WIDTH;
  }

  @Override
  public float[] encode(String caption) throws DataException {
    try {
      Loaded ready = loaded();
      long[] ids = ready.tokenizer().encode(caption);
      return run(ready.session(), ids);
    } catch (IOException | OrtException e) {
      throw new DataException(
          Kind.Unreadable,
          "data.textEncoder.type",
          "MiniLM cannot be run (" + e.getMessage() + ")",
          "build Isoflop again, with its lib folder whole",
          e);
    }
  }

  private static float[] run(OrtSession session, long[] ids) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, ids.length};
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    LongBuffer segments = LongBuffer.wrap(new long[ids.length]);
    try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types = OnnxTensor.createTensor(environment, segments, shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer(); // [1, n, W]
      float[] features = new float[ids.length * DataRules.MINILM_WIDTH];
      hidden.get(features);
      return features;
    }
  }

  private synchronized Loaded loaded() throws IOException, OrtException {
    if (loaded == null) {
      CaptionTokenizer tokenizer = CaptionTokenizer.of(resource(TOKENIZER), tokens);
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setDeterministicCompute(true);
        loaded =
            new Loaded(
                OrtEnvironment.getEnvironment().createSession(network(), options), tokenizer);
      }
    }
    return loaded;
  }

  /** The network's bytes, outside the heap: they are needed for a moment only. */
  private static ByteBuffer network() throws IOException {
    byte[] content = resource(NETWORK);
    MessageDigest digest = Sha256.start();
    digest.update(content);
    String found = Sha256.finish(digest);
    if (!found.equals(NETWORK_DIGEST)) {
      throw new IOException("the network has the digest " + found + ", not " + NETWORK_DIGEST);
    }
    return ByteBuffer.allocateDirect(content.length)
        .order(ByteOrder.nativeOrder())
        .put(content)
        .flip();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream input = MiniLmModel.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new IOException("the resource " + name + " is missing");
      }
      return input.readAllBytes();
    }
  }

  @Override
  public String digest() {
    return "minilm-l6-v2-" + NETWORK_DIGEST + "-t" + tokens;
  }

  @Override
  public synchronized void close() {
    if (loaded == null) {
      return;
    }
    loaded.tokenizer().close();
    try {
      loaded.session().close();
    } catch (OrtException e) {
      throw new IllegalStateException("a session that was opened can be closed", e);
    }
    loaded = null;
  }
}
