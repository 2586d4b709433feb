package dev.swax.runtime.task.text.longbench;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.record.JsonLine;
import dev.swax.runtime.task.text.record.RecordFile;
import dev.swax.runtime.task.text.record.RecordTask;
import dev.swax.runtime.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One set of LongBench. Unlike other tasks it cuts: a prompt longer than the length loses its
 * middle, as in LongBench.
 */
public final class LongBench extends RecordTask {
  /** Divides references from class names in a question's list; it is in neither. */
  private static final String CLASSES = "\u0000classes";

  private final LongSet set;
  private final int length;

  public LongBench(LongSet set, int length, RecordFile file, Tokenizer tokenizer) {
    super(file, tokenizer);
    this.set = set;
    this.length = length;
    if (length <= set.tokens()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "`longbench(set: %s)` keeps %d tokens for the answer, so a length of %,d leaves no room for its"
                  + " prompt",
              set.id(),
              set.tokens(),
              length),
          null);
    }
  }

  @Override
  public String describe() {
    return "longbench(set: \"%s\", length: %s tok, file: %s)"
        .formatted(set.id(), length, file().describe());
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public LongBench atLength(int length) {
    return new LongBench(set, length, file(), tokenizer());
  }

  @Override
  protected LongBench with(RecordFile records, Tokenizer tokens) {
    return new LongBench(set, length, records, tokens);
  }

  @Override
  public Decoding decoding() {
    return Decoding.greedy(set.tokens());
  }

  @Override
  protected Question question(JsonLine line) {
    String prompt = set.prompt(line.text("context"), line.text("input"));
    List<String> answers = line.texts("answers");
    if (answers.isEmpty()) {
      throw line.wrong("answers", "is empty", null);
    }
    List<String> references = new ArrayList<>(answers);
    if (set.measure() == Measure.CLASSIFICATION) {
      references.add(CLASSES);
      references.addAll(line.texts("all_classes"));
    }
    int[] tokens = Middle.cut(tokenizer().prompt(prompt), length - set.tokens());
    return new Question(
        tokenizer().decode(tokens),
        tokens,
        set.answer(answers.getFirst()),
        references,
        line.text("input"),
        "");
  }

  @Override
  public List<String> metrics() {
    return List.of("score");
  }

  /** The best over the references. */
  @Override
  public double[] score(Question question, List<String> answers) {
    List<String> all = question.references();
    int mark = all.indexOf(CLASSES);
    List<String> references = mark < 0 ? all : all.subList(0, mark);
    List<String> classes = mark < 0 ? List.of() : all.subList(mark + 1, all.size());
    String answer = answers.getFirst();
    String prediction = set.oneLine() ? Lines.of(answer).findFirst().orElse("") : answer;
    return new double[] {
      references.stream()
          .mapToDouble(reference -> set.measure().score(prediction, reference, classes))
          .max()
          .orElse(0)
    };
  }
}
