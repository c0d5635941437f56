package dev.isoflop.worker.data.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isoflop.worker.data.array.NumberType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a header. What is wrong with one comes as an {@link IOException} with the reason. */
final class SafetensorsHeader {
  private static final long LONGEST = 16L << 20;
  private static final int DEEPEST = 8;
  private static final int MOST_SIDES = 16;
  private static final Map<String, NumberType> TYPES =
      Map.ofEntries(
          Map.entry("F16", NumberType.Float16),
          Map.entry("BF16", NumberType.BFloat16),
          Map.entry("F32", NumberType.Float32),
          Map.entry("F64", NumberType.Float64),
          Map.entry("I8", NumberType.Int8),
          Map.entry("I16", NumberType.Int16),
          Map.entry("I32", NumberType.Int32),
          Map.entry("I64", NumberType.Int64),
          Map.entry("U8", NumberType.UInt8),
          Map.entry("U16", NumberType.UInt16),
          Map.entry("U32", NumberType.UInt32),
          Map.entry("U64", NumberType.UInt64),
          Map.entry("BOOL", NumberType.Bool));
  private static final ObjectMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private SafetensorsHeader() {}

  /** The tensors of a file by name; those of unknown types and scalars are left out. */
  static Map<String, Tensor> read(FileChannel channel) throws IOException {
    long size = channel.size();
    long length = size < 8 ? -1 : read(channel, 0, 8).getLong();
    if (length < 2 || length > LONGEST || length > size - 8) {
      throw new IOException("it has a header of " + length + " bytes");
    }
    JsonNode root = JSON.readTree(read(channel, 8, (int) length).array());
    if (!root.isObject()) {
      throw new IOException("its header is not a JSON object");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      NumberType type = TYPES.get(entry.getValue().path("dtype").asText());
      if (type != null && entry.getValue().path("shape").size() > 0) {
        tensors.put(
            entry.getKey(), tensor(entry.getKey(), type, entry.getValue(), 8 + length, size));
      }
    }
    return tensors;
  }

  private static Tensor tensor(String name, NumberType type, JsonNode node, long first, long size)
      throws IOException {
    List<Long> shape = new ArrayList<>();
    long row = type.bytes();
    for (JsonNode side : node.path("shape")) {
      long value = side.canConvertToExactIntegral() ? side.asLong(-1) : -1;
      if (value < 0 || value > size || shape.size() == MOST_SIDES) {
        throw new IOException("its tensor " + name + " has the shape " + node.path("shape"));
      }
      if (!shape.isEmpty()) {
        if (value > 0 && row > size / value) {
          throw new IOException("its tensor " + name + " is larger than the file");
        }
        row *= value;
      }
      shape.add(value);
    }
    long start = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    boolean fits = start >= 0 && end >= start && end <= size - first;
    boolean overflows = row > 0 && shape.get(0) > size / row;
    if (!fits || overflows || end - start != row * shape.get(0)) {
      throw new IOException(
          "its tensor %s lies at %s, which is not its size"
              .formatted(name, node.path("data_offsets")));
    }
    return new Tensor(name, type, shape, first + start, row);
  }

  /** Little-endian bytes of a place, all of them. */
  static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (target.hasRemaining()) {
      if (channel.read(target, at + target.position()) < 0) {
        throw new EOFException("it is cut off");
      }
    }
    return target.flip();
  }
}
