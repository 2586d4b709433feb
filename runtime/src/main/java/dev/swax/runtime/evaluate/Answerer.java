package dev.swax.runtime.evaluate;

import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Lets a model write its answers to questions. */
final class Answerer {
  private final Generator generator;
  private final RandomStream stream;

  /** Answers are made of the tokenizer's tokens; sampled ones are drawn by {@code seed}. */
  Answerer(Program program, int[] windows, Tokenizer tokenizer, long seed) {
    this.generator = new Generator(program, tokenizer.vocabulary(), windows);
    this.stream = new RandomStream(seed, "answers");
  }

  /** As many answers as the task wants; question {@code index} has random draws of its own. */
  List<String> answer(Question question, GenerationTask task, long index) {
    Decoding decoding = task.decoding();
    var sampling = new Sampling(decoding.temperature(), 0);
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < decoding.samples(); i++) {
      var answer = new Answer(task.tokenizer(), decoding);
      generator.generateWhile(
          question.tokens(),
          decoding.tokens(),
          sampling,
          stream.child(index + "/" + i),
          answer::append);
      answers.add(answer.text());
    }
    return answers;
  }

  /** One answer as it grows. */
  private static final class Answer {
    private final Tokenizer tokenizer;
    private final OptionalInt end;
    private final List<String> stops;
    private final int[] tokens;
    private int count;

    Answer(Tokenizer tokenizer, Decoding decoding) {
      this.tokenizer = tokenizer;
      this.end = tokenizer.end();
      this.stops = decoding.stops();
      this.tokens = new int[decoding.tokens()];
    }

    /** Whether the answer goes on. */
    boolean append(int token) {
      if (end.isPresent() && end.getAsInt() == token) {
        return false;
      }
      tokens[count++] = token;
      return stops.isEmpty() || end(whole()) < 0;
    }

    String text() {
      String text = whole();
      int end = end(text);
      return end < 0 ? text : text.substring(0, end);
    }

    private String whole() {
      return tokenizer.decode(Arrays.copyOf(tokens, count));
    }

    /** Where the first stop begins, or -1. */
    private int end(String text) {
      return stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
    }
  }
}
