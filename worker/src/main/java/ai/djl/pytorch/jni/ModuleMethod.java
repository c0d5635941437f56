package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * Calls a TorchScript method by name with arguments of any type, gradients allowed.
 *
 * <p>DJL's public door ({@link IValueUtils#runMethod}) always runs in inference mode, whose results
 * can't take part in a backward pass. The native call behind it takes the mode as an argument but
 * is visible in this package only; hence this one class here, on the class path.
 */
public final class ModuleMethod {
  private ModuleMethod() {}

  /**
   * Runs {@code method} of {@code module} and returns its result, which the caller closes.
   *
   * @throws ai.djl.engine.EngineException with libtorch's own message if the call fails
   */
  public static IValue call(PtSymbolBlock module, String method, IValue... arguments) {
    long[] handles = new long[arguments.length];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = arguments[i].getHandle();
    }
    return new IValue(
        PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, true, false));
  }
}
