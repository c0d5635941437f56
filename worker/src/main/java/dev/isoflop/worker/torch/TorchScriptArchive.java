package dev.isoflop.worker.torch;

import dev.isoflop.common.TorchScriptZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/**
 * A TorchScript archive without tensors: source files and one module object with its attributes.
 *
 * <p>The format is that of {@code torch.jit.save}: an uncompressed zip whose {@code data.pkl} names
 * the module's class and attributes and whose {@code code/} holds the text. {@code torch.jit.load}
 * of any PyTorch reads it too. The bytes depend on the content alone.
 *
 * @param module the module file that defines the class, such as {@code trial}
 * @param className the class, such as {@code Trial}
 * @param attributes values of the class's attributes: {@code Long}, {@code Double} or {@code
 *     Boolean}
 * @param sources all source files
 */
public record TorchScriptArchive(
    String module,
    String className,
    SortedMap<String, Object> attributes,
    List<TorchScriptSource> sources) {
  private static final String ROOT = "isoflop";

  /** Writes the archive; the stream stays open. */
  public void writeTo(OutputStream output) throws IOException {
    TorchScriptZip zip = new TorchScriptZip(output, ROOT);
    zip.put("data.pkl", object());
    for (TorchScriptSource source : sources) {
      zip.put(
          "code/__torch__/" + source.module() + ".py",
          source.archived().getBytes(StandardCharsets.UTF_8));
    }
    zip.finish();
  }

  private byte[] object() {
    Pickle pickle = new Pickle();
    pickle.beginObject("__torch__." + module, className);
    pickle.attribute("training", true);
    attributes.forEach(pickle::attribute);
    return pickle.endObject();
  }

  /** The archive's bytes. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
