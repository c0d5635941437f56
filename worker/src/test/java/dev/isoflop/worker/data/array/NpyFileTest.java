package dev.isoflop.worker.data.array;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyFileTest {
  @ParameterizedTest
  @CsvSource({
    "f2, Float16",
    "f4, Float32",
    "f8, Float64",
    "i1, Int8",
    "i8, Int64",
    "u1, UInt8",
    "u4, UInt32"
  })
  void readsEveryTypeThatNumpyWrites(String file, NumberType type) throws Exception {
    StoredArray array = read("array/" + file + ".npy");

    assertThat(array.type()).isEqualTo(type);
    assertThat(array.shape()).containsExactly(2L, 3L);
    for (int i = 0; i < 6; i++) {
      assertThat(array.get(i)).isEqualTo(i);
    }
  }

  @Test
  void readsBooleansScalarsVectorsAndTheThirdVersion() throws Exception {
    assertThat(read("array/b1.npy").get(0)).isZero();
    assertThat(read("array/b1.npy").get(5)).isEqualTo(1);
    assertThat(read("array/scalar.npy").shape()).isEmpty();
    assertThat(read("array/scalar.npy").get(0)).isEqualTo(7);
    assertThat(read("array/vector.npy").shape()).containsExactly(3L);
    assertThat(read("array/v3.npy").get(2)).isEqualTo(2);
  }

  /** Subnormal, infinite and not-a-number halves too, against NumPy's own conversion. */
  @Test
  void halvesAreNumpysFloats() throws Exception {
    StoredArray halves = read("array/halves.npy");
    ByteBuffer bits =
        ByteBuffer.wrap(Fixtures.bytes("array/halves.bits")).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(halves.length()).isEqualTo(bits.capacity() / 4).isGreaterThan(500);
    for (int i = 0; i < halves.length(); i++) {
      float expected = Float.intBitsToFloat(bits.getInt(4 * i));
      assertThat(Float.compare((float) halves.get(i), expected)).isZero(); // NaN equals itself
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "object     | holds Python objects, which are a program and no numbers",
        "fortran    | is stored column by column",
        "big_endian | holds numbers of the type '>f4'"
      })
  void refusesWhatIsNoPlainArray(String file, String problem) {
    assertThatThrownBy(() -> read("array/" + file + ".npy"))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.Corrupt))
        .hasMessageStartingWith("array/" + file + ".npy: " + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(1000000, 1000000)",
        "(999999999999999999,)",
        "(2, 2)",
        "(0,)",
        "(7, 0)",
        "(4, -1)"
      })
  void aShapeThatTheBytesDoNotFillTakesNoMemory(String shape) throws Exception {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
    assertThatThrownBy(() -> NpyFile.read(file(header, 12), "x.npy"))
        .isInstanceOf(DataException.class);
    assertThat(NpyFile.read(file(header.replace(shape, "(3,)"), 12), "x").length()).isEqualTo(3);
  }

  @Test
  void everyTruncationIsFound() throws Exception {
    byte[] whole = Fixtures.bytes("array/f4.npy");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> NpyFile.read(cut, "x.npy")).isInstanceOf(DataException.class);
    }
  }

  @Test
  void readsTheArraysOfAnNpz() throws Exception {
    Map<String, StoredArray> arrays =
        NpzFile.read(Fixtures.bytes("array/caption.npz"), 1 << 20, "caption.npz");

    assertThat(arrays).containsOnlyKeys("caption_feature", "attention_mask");
    StoredArray features = requireNonNull(arrays.get("caption_feature"));
    StoredArray mask = requireNonNull(arrays.get("attention_mask"));
    assertThat(features).hasToString("[1, 3, 8] of float32");
    assertThat(features.get(8)).isEqualTo(Fixtures.text(1, 8));
    assertThat(mask.get(2)).isZero();
  }

  @Test
  void anNpzMayNotUnpackToMoreThanItsBound() throws Exception {
    byte[] content = Fixtures.bytes("array/caption.npz");

    assertThatThrownBy(() -> NpzFile.read(content, 300, "caption.npz"))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TooLarge));
  }

  private static byte[] file(String header, int bytes) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + text.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  private static StoredArray read(String name) throws IOException, DataException {
    return NpyFile.read(Fixtures.bytes(name), name);
  }
}
