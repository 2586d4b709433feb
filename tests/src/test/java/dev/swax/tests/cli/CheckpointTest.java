package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that cannot be used give one message in every verb that reads them. */
class CheckpointTest {
  private static final int STEPS = 2;
  private static final String MODEL = "model.safetensors";

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void train() throws IOException {
    SmallFile.write(folder, STEPS);
    train("run", 32);
  }

  @Test
  void ofAnotherModel() throws IOException {
    train("other", 64);
    for (String file : new String[] {MODEL, "optim.safetensors", "state.json"}) {
      Files.write(checkpoint(file), Files.readAllBytes(checkpoint("other", file)));
    }
    refused("is of another model", "[256, 32] in the model, but [256, 64] in the checkpoint");
  }

  @Test
  void truncated() throws IOException {
    byte[] whole = Files.readAllBytes(checkpoint(MODEL));
    Files.write(checkpoint(MODEL), Arrays.copyOf(whole, whole.length / 2));
    refused("no complete checkpoint in", "(damaged: 1)");
  }

  @Test
  void withoutOneOfItsFiles() throws IOException {
    Files.delete(checkpoint(MODEL));
    refused("no complete checkpoint in", "(damaged: 1)");
  }

  @Test
  void withABitFlipped() throws IOException {
    byte[] bytes = Files.readAllBytes(checkpoint(MODEL));
    bytes[bytes.length - 5] ^= 1;
    Files.write(checkpoint(MODEL), bytes);
    refused("no complete checkpoint in", "(damaged: 1)");
  }

  @Test
  void withNaN() throws Exception {
    byte[] bytes = Files.readAllBytes(checkpoint(MODEL));
    var values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(bytes.length - Float.BYTES, Float.NaN);
    Files.write(checkpoint(MODEL), bytes);
    sign(MODEL, bytes);
    refused("is not usable", "holds NaN");
  }

  @Test
  void noneYet() throws IOException {
    for (String file : new String[] {MODEL, "optim.safetensors", "state.json"}) {
      Files.delete(checkpoint(file));
    }
    Files.delete(checkpoint("").resolveSibling("%08d".formatted(STEPS)));
    Run.in(folder, "eval", "run").isRefused("has no checkpoint yet", "`swax resume ");
  }

  @Test
  void allLost() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("run/checkpoints"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Run again = Run.in(folder, "resume", "run");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err())
        .containsOnlyOnce("run has no checkpoint: starting at the beginning")
        .doesNotContain("continuing after");
  }

  @Test
  void changedTextIsRefused() throws IOException {
    Files.writeString(folder.resolve("text/0.txt"), "other words");
    Run.in(folder, "resume", "run").isRefused("the data has changed since the run began");
  }

  @Test
  void aFileOfTheUserIsNotTakenForARun() throws IOException {
    Run.in(folder, "resume", "text").isRefused("is not a run directory");
    Run.in(folder, "eval", "m.swax").isRefused("there is no run");
    Run.in(folder, "train", "m.swax", "--run-dir", "text")
        .isRefused("is not empty, and is not a run");
    Run.in(folder, "train", "m.swax", "--run-dir", "run").isRefused("already contains a run");
  }

  private void train(String run, int width) {
    Run trained =
        Run.in(
            folder,
            "train",
            "m.swax",
            "--set",
            "train.model=swax(width: %d, blocks: 2)".formatted(width),
            "--run-dir",
            run);
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  /** Writes into state.json that the bytes of a file are right. */
  private void sign(String file, byte[] bytes) throws Exception {
    var json = JsonMapper.builder().build();
    var state = (ObjectNode) json.readTree(Files.readString(checkpoint("state.json")));
    state.withObject("/files").put(file, hash(bytes));
    state.remove("checksum");
    state.put("checksum", hash(state.toString().getBytes(StandardCharsets.UTF_8)));
    Files.writeString(checkpoint("state.json"), state.toPrettyString());
  }

  private static String hash(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private Path checkpoint(String file) {
    return checkpoint("run", file);
  }

  private Path checkpoint(String run, String file) {
    return SmallFile.checkpoint(folder.resolve(run), STEPS, file);
  }

  private void refused(String... told) {
    Run.in(folder, "resume", "run").isRefused(told);
    Run.in(folder, "eval", "run").isRefused(told);
    Run.in(folder, "generate", "run").isRefused(told);
  }
}
