package dev.isoflop.worker.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

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
    TorchRuntime runtime = new TorchRuntime(Engine.getEngine("PyTorch"));
    JniUtils.setNumThreads(threads); // the property counts only for the first start in a process
    return runtime;
  }

  /** The first GPU if there is one, else the CPU. */
  public Device device() {
    return engine.getGpuCount() > 0 ? Device.gpu() : Device.cpu();
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
