package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.tests.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A published folder comes in, is used, and goes out; a folder that is not right changes nothing.
 */
class PublishedFolderTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    Path from = Golden.folder("hub").resolve("llama");
    Files.createDirectory(folder.resolve("llama"));
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(from.resolve(name), folder.resolve("llama").resolve(name));
    }
  }

  @Test
  void comesInAndGoesOutWithTheSameBits() throws IOException {
    assertThat(Run.in(folder, "import", "llama", "-o", "in").code()).isZero();
    Run generated =
        Run.in(
            folder, "generate", "in/run", "--prompt", "a", "--length", "3", "--temperature", "0");
    assertThat(generated.code()).as(generated.err()).isZero();
    assertThat(generated.err()).contains("imported weights");
    Run.in(folder, "resume", "in/run").isRefused("has imported weights", "`swax train");

    Run out = Run.in(folder, "export", "in/run", "--to", "out", "--dtype", "bf16");
    assertThat(out.code()).as(out.err()).isZero();
    assertThat(data("out")).isEqualTo(data("llama"));
    assertThat(Files.readString(folder.resolve("out/config.json"))).contains("\"bfloat16\"");

    Run.in(folder, "export", "in/run", "--to", "out").isRefused("is there already", "`--to`");
    Run.in(folder, "export", "in/run", "--to", "no", "--shard-size", "0")
        .isRefused("`--shard-size` is 0 bytes");
    Run shards = Run.in(folder, "export", "in/run", "--to", "shards", "--shard-size", "40k");
    assertThat(shards.code()).as(shards.err()).isZero();
    assertThat(folder.resolve("shards/model-00002-of-00002.safetensors")).exists();
    assertThat(folder.resolve("shards/model.safetensors")).doesNotExist();
    Run again = Run.in(folder, "import", "shards", "-o", "again");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(weights("again/run")).isEqualTo(weights("in/run"));
    damagedIsRefused();
    Run.in(folder, "export", "in/run", "--to", "no", "--as", "gemma2")
        .isRefused("gemma2 needs", "the model has");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  /** The numbers of a run that came in are its only checkpoint. */
  private byte[] weights(String run) throws IOException {
    return Files.readAllBytes(
        folder.resolve(run).resolve("checkpoints/00000000/model.safetensors"));
  }

  private void damagedIsRefused() throws IOException {
    Path file = folder.resolve("in/run/checkpoints/00000000/model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Run.in(folder, "export", "in/run", "--to", "no").isRefused("no complete checkpoint");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void trainingGoesOnFromImportedWeights() throws IOException {
    assertThat(Run.in(folder, "import", "llama", "-o", "in").code()).isZero();
    Files.createDirectory(folder.resolve("in/text"));
    for (int i = 0; i < 8; i++) {
      String text = "text number %d, long enough for some sequences. ".formatted(i).repeat(4);
      Files.writeString(folder.resolve("in/text/" + i), text);
    }
    Run trained =
        Run.in(
            folder,
            "train",
            "in/llama.swax",
            "--run-dir",
            "further",
            "--set",
            "train.seq=32 tok",
            "--set",
            "train.batch=32 tok",
            "--set",
            "train.budget=1 step",
            "--set",
            "data.held_out=50%",
            "--set",
            "train.lr=constant(rate: 1e-9)",
            "--set",
            "train.sample_tokens=1 tok");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).contains("begins with the weights of");
    assertThat(loss("further")).isEqualTo(loss("in/run"));
    assertThat(Files.readString(folder.resolve("further/config.txt"))).contains("train.weights = ");
  }

  private String loss(String run) {
    Run scored = Run.in(folder, "eval", run, "--data", "in/text/0", "--json");
    assertThat(scored.code()).as(scored.err()).isZero();
    String loss = scored.out().substring(scored.out().indexOf("\"loss\""));
    return loss.substring(0, "\"loss\" : 5.1234".length());
  }

  /** The numbers of all tensors, by name: files may have them in another order. */
  private String data(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name).resolve("model.safetensors"));
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    var json = new JsonMapper();
    var tensors = new TreeMap<String, String>();
    for (var entry :
        json.readTree(new String(bytes, 8, header, StandardCharsets.UTF_8)).properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        int from = entry.getValue().path("data_offsets").get(0).intValue();
        int to = entry.getValue().path("data_offsets").get(1).intValue();
        tensors.put(
            entry.getKey(), HexFormat.of().formatHex(bytes, 8 + header + from, 8 + header + to));
      }
    }
    return tensors.toString();
  }

  @Test
  void whatIsNotRightIsNamed() throws IOException {
    refusedConfig("\"hidden_act\": \"silu\"", "\"hidden_act\": \"relu\"", "`hidden_act` = relu");
    refusedConfig("\"use_cache\"", "\"clip_qkv\": 8, \"use_cache\"", "`clip_qkv` = 8");
    refusedConfig("\"llama\"", "\"bert\"", "`model_type` = `bert`", "qwen2");
    refusedConfig("\"hidden_size\": 16", "\"hidden_size\": \"16\"", "a whole number from 1");
    refusedConfig("\"hidden_size\": 16", "\"hidden_size\": 32", "has the shape", "but llama");
    refusedConfig("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", "`model.layers.2.");
    refusedConfig("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1", "`model.layers.1.");
    refusedConfig("\"factor\": 4.0", "\"factor\": 4.0, \"x\": 1", "`rope_parameters` has `x` = 1");
    refusedConfig("{", "", "it is not JSON");
    refusedConfig("{", "{\"hidden_size\": 16,", "it has the key `hidden_size` twice");
    Path generation = Files.writeString(folder.resolve("llama/generation_config.json"), "{\"a\": ");
    Run.in(folder, "import", "llama", "-o", "in")
        .isRefused("generation_config.json", "it is not JSON");
    Files.delete(generation);
    Run.in(folder, "import", "nowhere", "-o", "in").isRefused("there is no folder");
    Files.createDirectory(folder.resolve("empty"));
    Run.in(folder, "import", "empty", "-o", "in").isRefused("has no config.json");
    Run.in(folder, "import", "llama", "-o", "empty/..").isRefused("is there already");
    assertNothingIsLeft();
  }

  private void refusedConfig(String from, String to, String... told) throws IOException {
    Path config = folder.resolve("llama/config.json");
    String before = Files.readString(config);
    assertThat(before).contains(from);
    Files.writeString(config, before.replaceFirst(Pattern.quote(from), to));
    Run.in(folder, "import", "llama", "-o", "in").isRefused(told);
    Files.writeString(config, before);
  }

  @Test
  void weightsThatAreNotRightAreNamed() throws IOException {
    Path file = folder.resolve("llama/model.safetensors");
    byte[] before = Files.readAllBytes(file);

    byte[] nan = before.clone();
    nan[nan.length - 1] = 0x7f;
    nan[nan.length - 2] = (byte) 0xc0;
    refusedWeights(nan, "holds NaN at [");
    refusedWeights(Arrays.copyOf(before, before.length - 10), "is cut short");
    refusedWeights(renamed(before, "BF16", "I16"), "of type I16", "F32, F16 and BF16");
    refusedWeights(renamed(before, "lm_head.weight", "lm_head.wait"), "`lm_head.weight` [256, 16]");

    Files.write(file, before);
    Path index = folder.resolve("llama/model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"model-00002-of-00002.safetensors\"}}");
    Run.in(folder, "import", "llama", "-o", "in")
        .isRefused("names the file `model-00002-of-00002.safetensors`", "not there");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"../x\"}}");
    Run.in(folder, "import", "llama", "-o", "in").isRefused("not in its folder");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"model.safetensors\"}}");
    Run.in(folder, "import", "llama", "-o", "in").isRefused("`a` is in model.safetensors");
    assertNothingIsLeft();
  }

  /** The header with a word changed, as long as before. */
  private static byte[] renamed(byte[] bytes, String from, String to) {
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    String text = new String(bytes, 8, header, StandardCharsets.UTF_8);
    String changed = text.replaceFirst("\"" + from + "\"", "\"" + to + "\"");
    byte[] written = changed.strip().getBytes(StandardCharsets.UTF_8);
    byte[] all = bytes.clone();
    Arrays.fill(all, 8, 8 + header, (byte) ' ');
    System.arraycopy(written, 0, all, 8, written.length);
    return all;
  }

  private void refusedWeights(byte[] bytes, String... told) throws IOException {
    Files.write(folder.resolve("llama/model.safetensors"), bytes);
    Run.in(folder, "import", "llama", "-o", "new/in").isRefused(told);
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> String.valueOf(path.getFileName()))).isSubsetOf("llama", "empty");
    }
  }
}
