package dev.isoflop.worker.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * libtorch in this process: loaded once, from what is on the class path, never from the network.
 */
public final class TorchRuntime {
  private final Engine engine;

  private TorchRuntime(Engine engine) {
    this.engine = engine;
  }

  /**
   * Loads libtorch and gives it {@code threads} threads. The first start on a machine unpacks the
   * native libraries into DJL's cache folder.
   *
   * @throws ai.djl.engine.EngineException if the native libraries are missing or can't be loaded
   */
  public static TorchRuntime start(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    String libraries = System.getenv("PYTORCH_LIBRARY_PATH");
    if (libraries != null) {
      CudaRuntimeFolder.showToJna(Path.of(libraries));
    }
    TorchRuntime runtime = new TorchRuntime(Engine.getEngine("PyTorch"));
    JniUtils.setNumThreads(threads); // the property counts only for the first start in a process
    return runtime;
  }

  /**
   * The first GPU if libtorch can use one, else the CPU. libtorch itself is asked: DJL's own count
   * of GPUs is 0 wherever it does not find the CUDA runtime.
   */
  public Device device() {
    return engine.hasCapability(StandardCapabilities.CUDA) ? Device.gpu() : Device.cpu();
  }

  /** Whether libtorch is a build for CUDA, be there a GPU or not. */
  public boolean isCudaBuild() {
    return Files.exists(Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cuda")));
  }

  /** A manager of arrays on {@link #device}; whoever asks closes it. */
  public PtNDManager newManager() {
    return (PtNDManager) engine.newBaseManager(device());
  }

  /** libtorch's version. */
  public String version() {
    return engine.getVersion();
  }
}
