package dev.swax.runtime.task.text.longbench;

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

/** LongBench v2: one letter of four, written; chance is 25 %. Prompts that are too long are cut. */
public final class LongBench2 extends RecordTask {
  private static final int TOKENS = 128;

  private final int length;

  public LongBench2(int length, RecordFile file, Tokenizer tokenizer) {
    super(file, tokenizer);
    this.length = length;
    if (length <= TOKENS) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "`longbench(set: v2)` keeps %d tokens for the answer, so a length of %,d leaves no room for its"
                  + " prompt",
              TOKENS,
              length),
          null);
    }
  }

  @Override
  public String describe() {
    return "longbench(set: v2, length: %s tok, file: %s)".formatted(length, file().describe());
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public LongBench2 atLength(int length) {
    return new LongBench2(length, file(), tokenizer());
  }

  @Override
  protected LongBench2 with(RecordFile records, Tokenizer tokens) {
    return new LongBench2(length, records, tokens);
  }

  @Override
  public Decoding decoding() {
    return Decoding.greedy(TOKENS);
  }

  @Override
  protected Question question(JsonLine line) {
    String right = line.text("answer");
    if (!List.of("A", "B", "C", "D").contains(right)) {
      throw line.wrong("answer", "is \"%s\", but A, B, C or D is expected".formatted(right), null);
    }
    String prompt =
        ("Read the text and choose the right answer.\n\n"
                + "%s\n\n"
                + "%s\n"
                + "(A) %s\n"
                + "(B) %s\n"
                + "(C) %s\n"
                + "(D) %s\n\n"
                + "Say it like this: \"The correct answer is (letter)\".\n")
            .formatted(
                line.text("context"),
                line.text("question"),
                line.text("choice_A"),
                line.text("choice_B"),
                line.text("choice_C"),
                line.text("choice_D"));
    int[] tokens = Middle.cut(tokenizer().prompt(prompt), length - TOKENS);
    return new Question(
        tokenizer().decode(tokens),
        tokens,
        "The correct answer is (%s).\n".formatted(right),
        List.of(right),
        line.text("question"),
        line.text("length", ""));
  }

  @Override
  public List<String> metrics() {
    return List.of("accuracy");
  }

  @Override
  public double[] score(Question question, List<String> answers) {
    Optional<String> letter = ChoiceLetter.find(answers.getFirst());
    return new double[] {letter.equals(Optional.of(question.references().getFirst())) ? 1 : 0};
  }
}
