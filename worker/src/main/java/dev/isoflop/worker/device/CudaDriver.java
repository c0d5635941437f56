package dev.isoflop.worker.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import java.util.Optional;

/**
 * The NVIDIA driver of this machine, asked through its own library, {@code libcuda.so.1}. Which
 * devices it shows to this process, {@code CUDA_VISIBLE_DEVICES} says.
 */
public final class CudaDriver {
  private static final int SUCCESS = 0;
  private static final int LONGEST_NAME = 256;

  private final Api api;

  CudaDriver(Api api) {
    this.api = api;
  }

  /** The driver; empty where there is none. */
  public static Optional<CudaDriver> load() {
    try {
      return Optional.of(new CudaDriver(Native.load("libcuda.so.1", Api.class)));
    } catch (UnsatisfiedLinkError e) { // how the system says that there is no such library
      return Optional.empty();
    }
  }

  /** Status of its initialisation: 0 for success, or a {@code CUresult} such as 100, no device. */
  public int initialise() {
    return api.cuInit(0);
  }

  /** Newest version of CUDA that it supports, such as 12.8. */
  public Optional<String> cudaVersion() {
    IntByReference version = new IntByReference();
    return api.cuDriverGetVersion(version) == SUCCESS
        ? Optional.of("%d.%d".formatted(version.getValue() / 1000, version.getValue() % 1000 / 10))
        : Optional.empty();
  }

  /** Name of the first device that this process sees, such as NVIDIA H200. */
  public Optional<String> deviceName() {
    IntByReference device = new IntByReference();
    byte[] name = new byte[LONGEST_NAME];
    if (api.cuInit(0) != SUCCESS
        || api.cuDeviceGet(device, 0) != SUCCESS
        || api.cuDeviceGetName(name, name.length, device.getValue()) != SUCCESS) {
      return Optional.empty();
    }
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return Optional.of(new String(name, 0, end, UTF_8).strip()).filter(text -> !text.isEmpty());
  }

  /** The functions of the driver that are called here, as its manual declares them. */
  interface Api extends Library {
    int cuInit(int flags);

    int cuDriverGetVersion(IntByReference version);

    int cuDeviceGet(IntByReference device, int ordinal);

    int cuDeviceGetName(byte[] name, int length, int device);
  }
}
