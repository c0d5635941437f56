package dev.isoflop.worker.evaluate.features;

import dev.isoflop.worker.torch.TorchScriptArchive;
import dev.isoflop.worker.torch.TorchScriptSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** The TorchScript of this package, one file a class. */
final class FeatureScripts {
  private static final String FOLDER = "/dev/isoflop/worker/torchscript/";

  private FeatureScripts() {}

  static TorchScriptArchive archive(String name, String className) {
    String file = FOLDER + name + ".py";
    try (InputStream stream = FeatureScripts.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("the worker's jar lacks " + file);
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new TorchScriptArchive(
          name, className, new TreeMap<>(), List.of(new TorchScriptSource(name, text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
