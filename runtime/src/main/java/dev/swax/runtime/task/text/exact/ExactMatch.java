package dev.swax.runtime.task.text.exact;

import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.record.JsonLine;
import dev.swax.runtime.task.text.record.RecordFile;
import dev.swax.runtime.task.text.record.RecordTask;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Locale;

/** Short answers, written up to a line break, full stop or comma. */
public final class ExactMatch extends RecordTask {
  private final AnswerSet set;
  private final int room;

  /**
   * @param room tokens of the longest answer
   */
  public ExactMatch(AnswerSet set, int room, RecordFile file, Tokenizer tokenizer) {
    super(file, tokenizer);
    this.set = set;
    this.room = room;
  }

  @Override
  public String describe() {
    return "exact_match(set: %s, room: %s tok, file: %s)"
        .formatted(set.name().toLowerCase(Locale.ROOT), room, file().describe());
  }

  @Override
  protected ExactMatch with(RecordFile records, Tokenizer tokens) {
    return new ExactMatch(set, room, records, tokens);
  }

  @Override
  public Decoding decoding() {
    return new Decoding(room, 1, 0, List.of("\n", ".", ","));
  }

  @Override
  protected Question question(JsonLine line) {
    List<String> answers = set.answers(line);
    if (answers.isEmpty()) {
      throw line.wrong("answer", "is empty", null);
    }
    String asked = line.text("question");
    String prompt = "Q: %s%s\nA:".formatted(asked, asked.endsWith("?") ? "" : "?");
    return question(prompt, " " + answers.getFirst() + "\n", answers, asked);
  }

  @Override
  public List<String> metrics() {
    return List.of("exact_match");
  }

  @Override
  public double[] score(Question question, List<String> answers) {
    return new double[] {Normalized.isAny(answers.getFirst(), question.references()) ? 1 : 0};
  }
}
