package dev.swax.runtime.task.text.longbench;

import static dev.swax.runtime.declare.Argument.optional;
import static dev.swax.runtime.declare.Argument.required;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.task.declare.TaskDeclaration;
import dev.swax.runtime.task.text.record.RecordFile;
import java.util.Optional;

/** {@code longbench(set: qasper, file: "qasper.jsonl")}. */
public final class LongBenchDeclaration {
  private static final Argument<Optional<LongSet>> SET =
      required(
          "set", ArgumentType.oneOf("v2", LongSet.class), "one of LongBench's English sets, or v2");
  private static final Argument<Integer> LENGTH =
      optional("length", ArgumentType.TOKENS, 32 * 1024, "longer prompts lose their middle");

  public static final TaskDeclaration TASK =
      TaskDeclaration.of(
          "longbench",
          "LongBench's English and code sets, and v2",
          LongBenchDeclaration::task,
          SET,
          RecordFile.FILE,
          LENGTH);

  private LongBenchDeclaration() {}

  private static Task task(Given given) {
    int length = given.of(LENGTH);
    RecordFile file = given.of(RecordFile.FILE);
    return given
        .of(SET)
        .<Task>map(set -> new LongBench(set, length, file, given.tokenizer()))
        .orElseGet(() -> new LongBench2(length, file, given.tokenizer()));
  }
}
