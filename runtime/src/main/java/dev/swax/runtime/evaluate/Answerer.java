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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Lets a model write its answers to questions. */
final class Answerer {
  private final Continuations continuations;
  private final int vocabulary;
  private final RandomStream stream;

  /**
   * Answers are made of the tokenizer's tokens; sampled ones are drawn by {@code seed}.
   *
   * @param stop asked now and then; once true, there are no answers
   */
  Answerer(Program program, int[] windows, Tokenizer tokenizer, long seed, BooleanSupplier stop) {
    this.continuations = new Continuations(program, windows, stop);
    this.vocabulary = tokenizer.vocabulary();
    this.stream = new RandomStream(seed, "answers");
  }

  /**
   * As many answers to each question as the task wants, or nothing where it was stopped. Each
   * answer has random draws of its own.
   *
   * @param first index of the first question
   */
  Optional<List<List<String>>> answer(List<Question> questions, GenerationTask task, long first) {
    Decoding decoding = task.decoding();
    var sampling = new Sampling(decoding.temperature(), 0);
    List<List<Answer>> answers = new ArrayList<>();
    List<Continuations.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      answers.add(new ArrayList<>());
      for (int sample = 0; sample < decoding.samples(); sample++) {
        var answer = new Answer(task.tokenizer(), decoding);
        RandomStream draws = stream.child((first + i) + "/" + sample);
        answers.getLast().add(answer);
        wanted.add(
            new Continuations.Wanted(
                questions.get(i).tokens(),
                decoding.tokens(),
                new TokenChoice(sampling, draws, vocabulary),
                answer::append));
      }
    }
    return continuations.run(wanted)
        ? Optional.of(answers.stream().map(of -> of.stream().map(Answer::text).toList()).toList())
        : Optional.empty();
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
