package dev.swax.runtime.task.text.exact;

import dev.swax.runtime.task.text.record.JsonLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The sets and where each one's records have question and answers. */
public enum AnswerSet {
  /** NQ-open: {@code question}, {@code answer[]}. */
  NQ {
    @Override
    List<String> answers(JsonLine line) {
      return line.texts("answer");
    }
  },
  /** TriviaQA: {@code question}, {@code answer{value, aliases[]}}. */
  TRIVIAQA {
    @Override
    List<String> answers(JsonLine line) {
      JsonLine answer = line.object("answer");
      SequencedSet<String> answers = new LinkedHashSet<>();
      answers.add(answer.text("value"));
      answers.addAll(answer.texts("aliases"));
      return List.copyOf(answers);
    }
  };

  abstract List<String> answers(JsonLine line);
}
