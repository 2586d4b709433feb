package dev.swax.runtime.task.text.code;

import static dev.swax.runtime.declare.Argument.optional;
import static dev.swax.runtime.declare.Argument.required;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.declare.Located;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.task.declare.TaskDeclaration;
import dev.swax.runtime.task.text.record.RecordFile;
import java.util.function.Function;

/** {@code programs(set: humaneval, file: "humaneval.jsonl", runner: ["python3", "run.py"])}. */
public final class ProgramDeclaration {
  private static final Argument<CodeSet> SET =
      required("set", ArgumentType.oneOf(CodeSet.class), "whose layout the records have");
  private static final Argument<Located> RUNNER =
      required(
          "runner",
          ArgumentType.texts(Function.identity()),
          "the command that runs programs, word by word");
  private static final Argument<Integer> SAMPLES =
      optional("samples", ArgumentType.SIZE, 10, "programs for each record");
  private static final Argument<Integer> K = optional("k", ArgumentType.SIZE, 10, "of pass@k");
  private static final Argument<Double> TEMPERATURE =
      optional("temperature", ArgumentType.REAL, 0.8, "of sampling");
  private static final Argument<Integer> ROOM =
      optional("room", ArgumentType.TOKENS, 1024, "tokens of the longest program");
  private static final Argument<Integer> SECONDS =
      optional("seconds", ArgumentType.SIZE, 60, "that the runner may take for a record");

  public static final TaskDeclaration TASK =
      TaskDeclaration.of(
          "programs",
          "programs, which a command of yours runs: HumanEval, MBPP",
          given ->
              new Programs(
                  given.of(SET),
                  given.of(SAMPLES),
                  given.of(K),
                  given.of(TEMPERATURE),
                  given.of(ROOM),
                  runner(given),
                  given.of(RecordFile.FILE),
                  given.tokenizer()),
          SET,
          RecordFile.FILE,
          RUNNER,
          SAMPLES,
          K,
          TEMPERATURE,
          ROOM,
          SECONDS);

  private ProgramDeclaration() {}

  private static Runner runner(Given given) {
    Located command = given.of(RUNNER);
    return new Runner(command.texts(), given.of(SECONDS), command.folder());
  }
}
