package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.runtime.UserError;
import dev.swax.runtime.evaluate.Generator;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.Recipe;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Continues a prompt with the newest checkpoint of a run. What is null is as the run's recipe has
 * it.
 *
 * @param prompt {@code -} for standard input
 */
public record GenerateRun(
    Host host,
    Path path,
    @Nullable String prompt,
    @Nullable Integer length,
    @Nullable Double temperature,
    @Nullable Integer topK,
    @Nullable Long seed) {
  private static final int SEGMENT = 512;

  public void run(MachineOptions machine) {
    checkOptions();
    SavedRun saved = SavedRun.read(path, host.console());
    Tokenizer tokenizer = saved.tokenizer();
    Plans.requireKnown(tokenizer, saved.model());
    Recipe recipe = saved.plan().recipe();
    int[] tokens = tokenizer.prompt(text(recipe));
    if (tokens.length == 0) {
      throw new UserError("the prompt is empty, but at least one token is needed", null);
    }
    int count = length == null ? recipe.sample().length() : length;
    int[] windows = Plans.windows(saved.model(), recipe.testWindows());
    int context = Plans.context(saved.model(), windows, (long) tokens.length + count);
    Memory.requireForKeys(saved.model(), context, SEGMENT, Memory.machine());
    try (Kernels kernels = machine.kernels();
        SavedWeights weights = saved.weights(host.console());
        Program program =
            saved.code().create(kernels, weights.parameters(), 1, SEGMENT, context, false)) {
      var out = new TextStream(tokenizer, host.console().out(), host.console().outTerminal());
      out.begin(tokens);
      new Generator(program, tokenizer.vocabulary(), windows)
          .generateWhile(tokens, count, sampling(recipe), stream(recipe), out);
      out.finish();
    }
  }

  private void checkOptions() {
    if (length != null && length < 0) {
      throw new UserError("`--length` is %d, but 0 or more is needed".formatted(length), null);
    }
    if (temperature != null && !(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new UserError(
          "`--temperature` is %s, but 0 or more is needed".formatted(temperature),
          "`--temperature 0.8`");
    }
    if (topK != null && topK < 0) {
      throw new UserError("`--top-k` is %d, but 0 or more is needed".formatted(topK), null);
    }
  }

  private String text(Recipe recipe) {
    return prompt == null ? recipe.sample().prompt() : Prompt.text(prompt, System.in);
  }

  private Sampling sampling(Recipe recipe) {
    Sampling own = recipe.sample().sampling();
    return new Sampling(
        temperature == null ? own.temperature() : temperature, topK == null ? own.topK() : topK);
  }

  private RandomStream stream(Recipe recipe) {
    return new RandomStream(seed == null ? recipe.seed() : seed, "sample");
  }
}
