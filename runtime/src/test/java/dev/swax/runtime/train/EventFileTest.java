package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.testing.BagProgram;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.testing.Texts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training writes for TensorBoard, decoded. */
class EventFileTest {
  @TempDir private Path folder = Path.of("");

  /** Numbers of a step by tag; of a session's begin none. */
  private record Event(long step, boolean begins, SequencedMap<String, Float> values) {}

  private void train(Session session, BooleanSupplier stop, BagProgram program) {
    try (RunDirectory run = Runs.directory(folder, Texts.sums())) {
      new Trainer(
              new TrainingJob(
                  Runs.recipe(),
                  program,
                  program.resized(1, 8),
                  new TrainingText(Texts.sums()),
                  run,
                  stop,
                  new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                  false,
                  1,
                  session,
                  null,
                  null))
          .run();
    }
  }

  @Test
  void everyNumberOfEveryLineIsTold() throws IOException {
    var events = new Session(true, Double.NaN);
    var first = BagProgram.create(2, 16);
    train(events, () -> first.updates() >= 3, first);
    train(events, () -> false, BagProgram.create(2, 16));
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("tensorboard"))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(2);
    List<Event> told = new ArrayList<>(events(files.getFirst()));
    assertThat(told.removeFirst().begins()).isTrue();
    List<Event> later = events(files.getLast());
    assertThat(later.getFirst()).isEqualTo(new Event(4, true, new LinkedHashMap<>()));
    told.addAll(later.subList(1, later.size()));
    List<Event> lines = new ArrayList<>();
    for (MetricLines.Line line : MetricLines.read(folder.resolve("metrics.jsonl")).lines()) {
      SequencedMap<String, Float> values = new LinkedHashMap<>();
      MetricValues.of(line.values()).forEach((tag, value) -> values.put(tag, value.floatValue()));
      lines.add(new Event(line.step(), false, values));
    }
    assertThat(told).isEqualTo(lines);
    assertThat(lines.getFirst().values()).containsKeys("loss", "lr", "windows/local");
  }

  @Test
  void nothingIsWrittenUnlessAsked() {
    train(Session.PLAIN, () -> false, BagProgram.create(2, 16));
    assertThat(folder.resolve("tensorboard")).doesNotExist();
  }

  @Test
  void aLineWithoutNumbersIsNoEvent() throws IOException {
    Path folderOfFile = folder.resolve("t");
    try (EventFile file = EventFile.create(folderOfFile, 0)) {
      file.write(new JsonMapper().readTree("{\"step\":1,\"check\":\"x\"}"));
    }
    try (Stream<Path> all = Files.list(folderOfFile)) {
      assertThat(events(all.findFirst().orElseThrow())).hasSize(1);
    }
  }

  /** All events but that of the version. */
  private static List<Event> events(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int at = bytes.position();
      int length = (int) bytes.getLong();
      byte[] head = new byte[Long.BYTES];
      bytes.get(at, head);
      assertThat(bytes.getInt()).isEqualTo(EventRecord.checksum(head, head.length));
      byte[] event = new byte[length];
      bytes.get(event);
      assertThat(bytes.getInt()).isEqualTo(EventRecord.checksum(event, length));
      events.add(event(ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return events.subList(1, events.size());
  }

  private static Event event(ByteBuffer in) {
    long step = 0;
    boolean begins = false;
    SequencedMap<String, Float> values = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      switch ((int) varint(in)) {
        case (1 << 3) | 1 -> assertThat(in.getDouble()).isGreaterThan(1.7e9);
        case 2 << 3 -> step = varint(in);
        case (3 << 3) | 2 -> bytes(in);
        case (5 << 3) | 2 -> summary(bytes(in), values);
        case (7 << 3) | 2 -> begins = bytes(in).hasRemaining();
        default -> throw new AssertionError("another field");
      }
    }
    return new Event(step, begins, values);
  }

  private static void summary(ByteBuffer in, SequencedMap<String, Float> values) {
    while (in.hasRemaining()) {
      assertThat(varint(in)).isEqualTo((1 << 3) | 2);
      ByteBuffer value = bytes(in);
      assertThat(varint(value)).isEqualTo((1 << 3) | 2);
      String tag = StandardCharsets.UTF_8.decode(bytes(value)).toString();
      assertThat(varint(value)).isEqualTo((2 << 3) | 5);
      values.put(tag, value.getFloat());
    }
  }

  private static ByteBuffer bytes(ByteBuffer in) {
    int length = (int) varint(in);
    ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    return part;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
