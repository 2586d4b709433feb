package dev.swax.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.program.Program;
import dev.swax.runtime.task.ChoiceTask;
import dev.swax.runtime.task.Choices;
import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskScore;
import dev.swax.runtime.task.mqar.Mqar;
import dev.swax.runtime.tensor.Tensor;
import dev.swax.runtime.testing.OracleProgram;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.lang.foreign.Arena;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskEvaluatorTest {
  private static final Mqar PAIRS = new Mqar(64, 6, 40, 1, false, 1, 0);

  @Test
  void aModelThatRemembersIsRightEverywhere() {
    TaskScore score = score(new OracleProgram(256, 40), PAIRS, 1000);
    assertThat(score.primary().name()).isEqualTo("accuracy");
    assertThat(score.primary().value()).isEqualTo(1);
    assertThat(score.primary().count()).isEqualTo(50);
    assertThat(score.primary().standardError()).isZero();
    assertThat(score.find("loss").orElseThrow().value()).isLessThan(1e-6);
    assertThat(score.task()).isEqualTo(PAIRS.describe());
  }

  @Test
  void accuracyByDistanceEndsWhereTheWindowDoes() {
    TaskScore score = score(new OracleProgram(256, 40), PAIRS, 32);
    // value 32 back: the key must be less than 32 back, so no bucket is split
    for (String near : List.of("2-3", "4-7", "8-15", "16-31")) {
      assertThat(score.find("accuracy/distance " + near).orElseThrow().value()).isEqualTo(1);
    }
    assertThat(score.find("accuracy/distance 32-63").orElseThrow().value()).isZero();
    double beyond = score.find("accuracy/distance 32-63").orElseThrow().count();
    assertThat(beyond).isPositive();
    assertThat(score.primary().value()).isBetween(0.2, 0.8);
  }

  @Test
  void manyShortExamplesAreReadInOneCall() {
    var program = new OracleProgram(256, 40);
    score(program, PAIRS, 1000);
    List<Integer> lengths = new ArrayList<>(Collections.nCopies(12, 256));
    lengths.add(128);
    assertThat(program.lengths()).isEqualTo(lengths);
  }

  @Test
  void aLongExampleIsWalkedInSegments() {
    var whole = new OracleProgram(64, 40);
    var parts = new OracleProgram(23, 40);
    TaskScore expected = score(whole, PAIRS, 20);
    assertThat(score(parts, PAIRS, 20)).isEqualTo(expected);
    assertThat(parts.lengths()).startsWith(23, 23, 18, 23, 23, 18).hasSize(150);
  }

  @Test
  void whoIsStoppedHasNoScore() {
    var evaluator =
        new TaskEvaluator(new OracleProgram(64, 40), new int[] {64}, () -> true, _ -> {});
    assertThat(evaluator.score(PAIRS, 1, 50)).isEmpty();
  }

  @Test
  void progressIsToldToTheEnd() {
    List<Long> told = new ArrayList<>();
    new TaskEvaluator(new OracleProgram(256, 40), new int[] {64}, () -> false, told::add)
        .score(PAIRS, 1, 10);
    assertThat(told).containsExactly(4L, 8L, 10L);
  }

  @Test
  void answersAreWrittenAndCutAtAStop() {
    TaskScore score = score(new OracleProgram(256, 256), new Alphabet("bcd"), 1000);
    assertThat(score.primary().name()).isEqualTo("exact");
    assertThat(score.primary().value()).isEqualTo(1);
    assertThat(score.find("exact/group 1").orElseThrow().count()).isEqualTo(2);
    assertThat(score.examples()).isEqualTo(4);
  }

  /** Token 305 would be the byte of `1`. */
  @Test
  void noAnswerIsMadeOfTokensThatAreNoText() {
    var alphabet = new OracleProgram(256, 512);
    var likes = Tensor.allocate(Arena.ofAuto(), 256L * 512);
    likes.set(305, 9);
    Program model =
        (Program)
            Proxy.newProxyInstance(
                Program.class.getClassLoader(),
                new Class<?>[] {Program.class},
                (_, method, arguments) ->
                    method.getName().equals("logits") ? likes : method.invoke(alphabet, arguments));
    TaskScore score =
        new TaskEvaluator(model, new int[] {9}, () -> false, _ -> {})
            .score(new Alphabet("1".repeat(9)), 1, 1)
            .orElseThrow();
    assertThat(score.primary().value()).isZero();
    assertThatThrownBy(() -> ByteTokenizer.BYTES.decode(new int[] {305}))
        .hasMessage("token 305 is no byte");
  }

  @Test
  void theLikeliestOptionIsChosenByItsSumAndByItsMean() {
    TaskScore score = score(new OracleProgram(256, 256), new Options(), 1000);
    assertThat(score.primary().name()).isEqualTo("acc_norm");
    assertThat(score.metrics()).extracting("value").containsExactly(1.0, 0.0);
  }

  private static TaskScore score(OracleProgram program, Task task, int window) {
    return new TaskEvaluator(program, new int[] {window}, () -> false, _ -> {})
        .score(task, 1, 50)
        .orElseThrow();
  }

  /** After {@code abcd.a} comes {@code bcd.}, up to the full stop. */
  private record Alphabet(String answer) implements GenerationTask {
    @Override
    public String describe() {
      return "alphabet()";
    }

    @Override
    public int vocabulary() {
      return 256;
    }

    @Override
    public int length() {
      return 0;
    }

    @Override
    public Task atLength(int length) {
      return this;
    }

    @Override
    public Task withTokenizer(Tokenizer tokenizer) {
      return this;
    }

    @Override
    public long size() {
      return 4;
    }

    @Override
    public Tokenizer tokenizer() {
      return ByteTokenizer.BYTES;
    }

    @Override
    public Decoding decoding() {
      return new Decoding(9, 2, 0, List.of("."));
    }

    @Override
    public Question question(long seed, long index) {
      String text = "abcd.a";
      return new Question(
          text, tokenizer().encode(text), answer, List.of(answer), "", "group " + index % 2);
    }

    @Override
    public List<String> metrics() {
      return List.of("exact");
    }

    @Override
    public double[] score(Question question, List<String> answers) {
      assertThat(answers).hasSize(2);
      return new double[] {answers.stream().allMatch(question.references()::contains) ? 1 : 0};
    }
  }

  /**
   * After {@code xyx} the oracle is sure of y. The right option continues with y and three tokens
   * that it does not expect, the wrong one with two: fewer in sum, more of each.
   */
  private record Options() implements ChoiceTask {
    @Override
    public String describe() {
      return "options()";
    }

    @Override
    public int vocabulary() {
      return 256;
    }

    @Override
    public int length() {
      return 0;
    }

    @Override
    public Task atLength(int length) {
      return this;
    }

    @Override
    public Task withTokenizer(Tokenizer tokenizer) {
      return this;
    }

    @Override
    public long size() {
      return 3;
    }

    @Override
    public boolean normalized() {
      return true;
    }

    @Override
    public Choices choices(long seed, long index) {
      int[] context = {'x', 'y', 'x'};
      var wrong = new Choices.Option(context, new int[] {'p', 'q'}, 2);
      var right = new Choices.Option(context, new int[] {'y', 'p', 'q', 'r'}, 4);
      return new Choices(List.of(wrong, right), 1, "");
    }
  }
}
