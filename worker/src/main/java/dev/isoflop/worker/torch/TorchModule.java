package dev.isoflop.worker.torch;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ModuleMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** An archive loaded into libtorch. Calls may come from any thread, one at a time. */
public final class TorchModule implements AutoCloseable {
  private final PtSymbolBlock block;

  private TorchModule(PtSymbolBlock block) {
    this.block = block;
  }

  /**
   * Compiles an archive.
   *
   * @throws ai.djl.engine.EngineException with file and line if the source does not compile
   */
  public static TorchModule load(PtNDManager manager, TorchScriptArchive archive) {
    try {
      ByteArrayInputStream bytes = new ByteArrayInputStream(archive.toBytes());
      return new TorchModule(JniUtils.loadModule(manager, bytes, true, false));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  /** Loads a file of {@code torch.jit.save} for inference: weights frozen, evaluation mode. */
  static TorchModule loadFile(PtNDManager manager, Path file) {
    PtSymbolBlock block =
        JniUtils.loadModule(manager, file, true, new String[0], new String[0], false);
    JniUtils.enableInferenceMode(block);
    return new TorchModule(block);
  }

  /**
   * Calls a method; the caller closes the result.
   *
   * <p>libtorch's profiling graph optimizer is off: it runs another graph in the first calls than
   * later, so that a resumed process would not repeat the bits of an undisturbed one. The switch
   * belongs to the thread, so it is set at each call.
   *
   * @throws ai.djl.engine.EngineException with libtorch's message if the call fails
   */
  public IValue call(String method, IValue... arguments) {
    JniUtils.setGraphExecutorOptimize(false);
    return ModuleMethod.call(block, method, arguments);
  }

  /**
   * Calls a method without keeping what a gradient would need; the caller closes the result, whose
   * tensors can't take part in training.
   *
   * @throws ai.djl.engine.EngineException with libtorch's message if the call fails
   */
  public IValue infer(String method, IValue... arguments) {
    JniUtils.setGraphExecutorOptimize(false);
    return IValueUtils.runMethod(block, method, arguments);
  }

  @Override
  public void close() {
    block.close();
  }
}
