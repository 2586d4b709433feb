package dev.swax.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final Arena ARENA = Arena.ofAuto();

  @TempDir Path folder;

  @Test
  void theFileIsWhatTheFormatSays() throws IOException {
    NamedTensor a = tensor("a", 1, 2);
    a.values().set(0, 1.5f);
    a.values().set(1, -2f);
    Path file = folder.resolve("m.safetensors");
    Safetensors.write(file, List.of(a, tensor("b", 3, 1)), FileOpener.disk());

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) bytes.getLong(0);
    assertThat((8 + header) % 64).isZero();
    assertThat(new String(bytes.array(), 8, header, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            """
            {"__metadata__":{"format":"pt","producer":"swax"},\
            "a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},\
            "b":{"dtype":"F32","shape":[3,1],"data_offsets":[8,20]}}\
            """);
    assertThat(bytes.capacity()).isEqualTo(8 + header + 20);
    assertThat(bytes.getFloat(8 + header)).isEqualTo(1.5f);
    assertThat(bytes.getFloat(8 + header + 4)).isEqualTo(-2f);
  }

  /** Sizes on both sides of the copy buffer, 262,144 values. */
  @ParameterizedTest(name = "{0} values")
  @ValueSource(ints = {0, 1, 17, 262_143, 262_144, 262_145, 600_000})
  void everyBitComesBack(int length) throws Exception {
    NamedTensor out = tensor("a", 1, length);
    for (int i = 0; i < length; i++) {
      out.values().set(i, Float.intBitsToFloat(i * 0x01234567));
    }
    Path file = folder.resolve("m.safetensors");
    Safetensors.write(file, List.of(tensor("first", 2, 3), out), FileOpener.disk());
    NamedTensor in = tensor("a", 1, length);
    Safetensors.read(file, List.of(in, tensor("first", 2, 3)));
    for (int i = 0; i < length; i++) {
      assertThat(Float.floatToRawIntBits(in.values().get(i)))
          .isEqualTo(Float.floatToRawIntBits(out.values().get(i)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999999999999]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "[]",
        "{\"a\":3}",
        "{\"a\""
      })
  void aHeaderThatDoesNotFitIsDamage(String json) throws IOException {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(8 + header.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    Path file = Files.write(folder.resolve("x.safetensors"), bytes.array());
    assertThatThrownBy(() -> Safetensors.read(file, List.of(tensor("a", 1, 2))))
        .isInstanceOf(DamagedFileException.class);
  }

  @ParameterizedTest(name = "header length {0}")
  @ValueSource(longs = {0, 1, -1, 9, 1L << 40, Long.MIN_VALUE})
  void aHeaderLengthThatDoesNotFitIsDamage(long length) throws IOException {
    var bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = Files.write(folder.resolve("x.safetensors"), bytes.array());
    assertThatThrownBy(() -> Safetensors.read(file, List.of()))
        .isInstanceOf(DamagedFileException.class);
  }

  @Test
  void everyTruncationIsDamage() throws IOException {
    Path file = folder.resolve("m.safetensors");
    Safetensors.write(file, List.of(tensor("a", 2, 2)), FileOpener.disk());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(file, List.of(tensor("a", 2, 2))))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void anotherModelIsNamedByItsFirstDifference() throws IOException {
    Path file = folder.resolve("m.safetensors");
    Safetensors.write(file, List.of(tensor("a", 2, 2), tensor("b", 1, 1)), FileOpener.disk());
    mismatch(file, "`a` is [2, 3] in the model, but [2, 2] in the checkpoint", tensor("a", 2, 3));
    mismatch(file, "the model has `c` [1, 1], the checkpoint has not", tensor("c", 1, 1));
    mismatch(file, "the checkpoint has `b` [1, 1], the model has not", tensor("a", 2, 2));
  }

  private static void mismatch(Path file, String message, NamedTensor tensor) {
    assertThatThrownBy(() -> Safetensors.read(file, List.of(tensor)))
        .isInstanceOf(ModelMismatchException.class)
        .hasMessage(message);
  }

  private static NamedTensor tensor(String name, int rows, int columns) {
    return new NamedTensor(name, rows, columns, Tensor.allocate(ARENA, (long) rows * columns));
  }
}
