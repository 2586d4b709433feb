package dev.swax.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.testing.BagProgram;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private static final int[] WINDOW = {6};
  private static final int[] PROMPT = "a prompt of some length".chars().toArray();

  private BagProgram model;

  @BeforeEach
  void makeModel() {
    model = BagProgram.create(2, 4);
    Initialization.initialize(model.parameters(), 3);
  }

  @Test
  void greedyTakesTheLikeliestTokenOfTheWholeTextBeforeIt() {
    int[] made = generate(new Sampling(0, 0), 12);
    int[] text = Arrays.copyOf(PROMPT, PROMPT.length + made.length);
    System.arraycopy(made, 0, text, PROMPT.length, made.length);
    var whole = model.resized(1, text.length);
    Batch batch = Batch.allocate(1, text.length);
    System.arraycopy(text, 0, batch.tokens(), 0, text.length);
    Arrays.fill(batch.targets(), -1);
    whole.evaluate(batch, WINDOW);
    for (int i = 0; i < made.length; i++) {
      assertThat(made[i]).isEqualTo(likeliest(whole, PROMPT.length - 1 + i));
    }
  }

  @Test
  void theSeedAndThePositionDecide() {
    var warm = new Sampling(1, 0);
    assertThat(generate(warm, 50)).isEqualTo(generate(warm, 50));
    int[] other = generator().generate(PROMPT, 50, warm, new RandomStream(8, "sample"));
    assertThat(other).isNotEqualTo(generate(warm, 50));
  }

  @Test
  void topOneIsGreedy() {
    assertThat(generate(new Sampling(3, 1), 30)).isEqualTo(generate(new Sampling(0, 0), 30));
  }

  @Test
  void topTwoOfTiesAreTheFirst() {
    model.parameters().forEach(p -> p.value().clear());
    assertThat(Arrays.stream(generate(new Sampling(1, 2), 200)).boxed())
        .contains(0, 1)
        .allMatch(token -> token < 2);
  }

  @Test
  void aLargerLogitIsNeverLostToTies() {
    model.parameters().forEach(p -> p.value().clear());
    model.parameters().get(2).value().set(200, 1);
    assertThat(Arrays.stream(generate(new Sampling(1, 2), 200)).boxed())
        .contains(0, 200)
        .allMatch(token -> token == 0 || token == 200);
  }

  @Test
  void whatIsNoTextIsNeverWritten() {
    model.parameters().forEach(p -> p.value().clear());
    model.parameters().get(2).value().set(250, 50);
    model.parameters().get(2).value().set(99, 1);
    var stream = new RandomStream(7, "sample");
    var bytes = new Generator(model, 200, WINDOW);
    assertThat(bytes.generate(PROMPT, 5, new Sampling(0, 0), stream)).containsOnly(99);
    int[] drawn = bytes.generate(PROMPT, 200, new Sampling(2, 0), stream);
    assertThat(Arrays.stream(drawn)).allMatch(token -> token < 200);
  }

  @Test
  void anEmptyPromptIsRefused() {
    var stream = new RandomStream(7, "sample");
    assertThatThrownBy(() -> generator().generate(new int[0], 1, new Sampling(0, 0), stream))
        .isInstanceOf(UserError.class)
        .hasMessage("the prompt is empty, but at least one token is needed");
  }

  private int[] generate(Sampling sampling, int length) {
    return generator().generate(PROMPT, length, sampling, new RandomStream(7, "sample"));
  }

  private Generator generator() {
    return new Generator(model, BagProgram.VOCABULARY, WINDOW);
  }

  private static int likeliest(BagProgram program, int row) {
    int best = 0;
    for (int i = 1; i < BagProgram.VOCABULARY; i++) {
      float logit = program.logits().get((long) row * BagProgram.VOCABULARY + i);
      best = logit > program.logits().get((long) row * BagProgram.VOCABULARY + best) ? i : best;
    }
    return best;
  }
}
