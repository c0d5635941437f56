package dev.isoflop.operator.dataset;

import dev.isoflop.common.TorchScriptZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes a class with tensors as {@code torch.jit.save} would: an uncompressed zip of its source, a
 * pickle that names its tensors, and their bytes. The bytes depend on the content alone.
 */
final class TorchScriptFile {
  private static final String ROOT = "features";

  private TorchScriptFile() {}

  /** Writes the file; the stream stays open. */
  static void write(OutputStream output, String className, String text, Map<String, Weight> tensors)
      throws IOException {
    TorchScriptZip zip = new TorchScriptZip(output, ROOT);
    zip.put("data.pkl", object(className, tensors));
    zip.put("code/__torch__.py", text.getBytes(StandardCharsets.US_ASCII));
    int number = 0;
    for (Weight tensor : tensors.values()) {
      zip.put("data/" + number++, littleEndian(tensor.values()));
    }
    zip.finish();
  }

  private static byte[] littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Protocol 2 of Python's pickle, in the few opcodes that an object of tensors takes. */
  private static byte[] object(String className, Map<String, Weight> tensors) {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    opcodes(pickle, "\u0080\u0002c__torch__\n" + className + "\n)\u0081}(");
    int number = 0;
    for (Map.Entry<String, Weight> tensor : tensors.entrySet()) {
      string(pickle, tensor.getKey());
      tensor(pickle, number++, tensor.getValue());
    }
    string(pickle, "training");
    opcodes(pickle, "\u0089ub."); // false; SETITEMS, BUILD, STOP
    return pickle.toByteArray();
  }

  /** {@code _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)}. */
  private static void tensor(ByteArrayOutputStream pickle, int number, Weight tensor) {
    opcodes(pickle, "ctorch._utils\n_rebuild_tensor_v2\n((");
    string(pickle, "storage");
    opcodes(pickle, "ctorch\nFloatStorage\n");
    string(pickle, Integer.toString(number));
    string(pickle, "cpu");
    integer(pickle, tensor.values().length);
    opcodes(pickle, "tQ"); // TUPLE, BINPERSID: the storage
    integer(pickle, 0);
    int[] shape = tensor.shape();
    opcodes(pickle, "(");
    for (int length : shape) {
      integer(pickle, length);
    }
    opcodes(pickle, "t(");
    for (int axis = 0; axis < shape.length; axis++) {
      int stride = 1;
      for (int inner = axis + 1; inner < shape.length; inner++) {
        stride *= shape[inner];
      }
      integer(pickle, stride);
    }
    opcodes(pickle, "t\u0089ccollections\nOrderedDict\n)RtR");
  }

  private static void integer(ByteArrayOutputStream pickle, int value) {
    pickle.write('J');
    pickle.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private static void string(ByteArrayOutputStream pickle, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    pickle.write('X');
    pickle.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(bytes.length)
            .array());
    pickle.writeBytes(bytes);
  }

  /** Opcodes and names, a byte each. */
  private static void opcodes(ByteArrayOutputStream pickle, String opcodes) {
    pickle.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
