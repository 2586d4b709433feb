package dev.swax.runtime.task.text.code;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.record.JsonLine;
import dev.swax.runtime.task.text.record.RecordFile;
import dev.swax.runtime.task.text.record.RecordTask;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Programs to write; the measure is pass@k. */
public final class Programs extends RecordTask {
  /** Stands for the completion in a program that is not yet complete; no text has it. */
  private static final String HOLE = "\u0000completion\u0000";

  private final CodeSet set;
  private final int k;
  private final Decoding decoding;
  private final Runner runner;

  /**
   * @param samples programs for each record
   * @param room tokens of the longest program
   */
  public Programs(
      CodeSet set,
      int samples,
      int k,
      double temperature,
      int room,
      Runner runner,
      RecordFile file,
      Tokenizer tokenizer) {
    super(file, tokenizer);
    if (k > samples) {
      throw new UserError(
          "pass@%d needs %d samples or more, but there are %d".formatted(k, k, samples), null);
    }
    if (temperature < 0) {
      throw new UserError(
          "`temperature` is %s, but may not be negative".formatted(temperature), null);
    }
    this.set = set;
    this.k = k;
    this.decoding = new Decoding(room, samples, temperature, set.stops());
    this.runner = runner;
  }

  @Override
  public String describe() {
    return "programs(set: %s, samples: %s, k: %s, temperature: %s, room: %s tok, runner: %s, file: %s)"
        .formatted(
            set.name().toLowerCase(Locale.ROOT),
            decoding.samples(),
            k,
            decoding.temperature(),
            decoding.tokens(),
            runner.describe(),
            file().describe());
  }

  @Override
  protected Programs with(RecordFile records, Tokenizer tokens) {
    return with(runner, records, tokens);
  }

  private Programs with(Runner command, RecordFile records, Tokenizer tokens) {
    return new Programs(
        set,
        decoding.samples(),
        k,
        decoding.temperature(),
        decoding.tokens(),
        command,
        records,
        tokens);
  }

  @Override
  public Optional<String> command() {
    return Optional.of(runner.title());
  }

  @Override
  public Programs allowCommand() {
    return with(runner.allow(), file(), tokenizer());
  }

  @Override
  public Decoding decoding() {
    return decoding;
  }

  @Override
  protected Question question(JsonLine line) {
    String program = set.program(line, HOLE);
    return question(set.prompt(line), set.solution(line), List.of(program), "");
  }

  @Override
  public List<String> metrics() {
    return List.of("pass@" + k);
  }

  @Override
  public double[] score(Question question, List<String> answers) {
    String program = question.references().getFirst();
    List<Boolean> passed =
        runner.run(answers.stream().map(answer -> program.replace(HOLE, answer)).toList());
    int count = (int) passed.stream().filter(one -> one).count();
    return new double[] {PassAtK.estimate(answers.size(), count, k)};
  }
}
