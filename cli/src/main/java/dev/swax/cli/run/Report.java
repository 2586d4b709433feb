package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.evaluate.ByteNgram;
import dev.swax.runtime.evaluate.Generator;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.TaskScore;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.Outcome;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.TrainingData;
import dev.swax.runtime.train.TrainingText;
import dev.swax.runtime.train.Validation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a finished training tells: perplexity beside the baseline's, a sample, and where it is. */
final class Report {
  private static final long MOST_BYTES = 1 << 28;
  private static final long MOST_TOKENS = 1 << 26;

  private final PrintStream out;
  private final Console console;
  private final Recipe recipe;

  Report(Console console, Recipe recipe) {
    this.console = console;
    this.out = console.out();
    this.recipe = recipe;
  }

  void print(
      Outcome outcome, TrainingData data, Program evaluation, int[] windows, RunDirectory run) {
    switch (outcome.last()) {
      case Validation.Text(Score score) -> {
        if (data instanceof TrainingText(Split text, _)) {
          run.keepBaseline(outcome.step(), baseline(score, text));
        }
        sample(data.tokenizer(), evaluation, windows, run);
      }
      case Validation.Examples(TaskScore score) -> TaskTable.print(out, List.of(score));
      case Validation.Mixture(var sources) -> {
        sources.forEach(this::source);
        sample(data.tokenizer(), evaluation, windows, run);
      }
    }
    out.println("run directory: " + run.path());
    out.flush();
  }

  private void source(String name, Validation validation) {
    switch (validation) {
      case Validation.Text(Score score) -> line("validation of " + name, score);
      case Validation.Examples(TaskScore score) -> {
        out.println("validation of " + name);
        TaskTable.print(out, List.of(score));
      }
      case Validation.Mixture _ -> throw new IllegalStateException("a mixture in another");
    }
  }

  private Score baseline(Score score, Split text) {
    Corpus counted = counted(text.training());
    console.message(
        counted.tokens() == text.training().tokens()
            ? "counting the trigram baseline ..."
            : String.format(
                Locale.ROOT,
                "counting the trigram baseline on %,d of %,d training tokens ...",
                counted.tokens(),
                text.training().tokens()));
    Corpus validation = text.validation().sample(recipe.validating().tokens());
    Score baseline = ByteNgram.train(counted).score(validation);
    line("validation perplexity", score);
    line("byte trigram, same files", baseline);
    return baseline;
  }

  /**
   * A sample where there is more: the counts would not change any more, and tokens become bytes.
   */
  private static Corpus counted(Corpus training) {
    boolean bytes = training.tokenizer().equals(ByteTokenizer.BYTES);
    return training.sample(bytes ? MOST_BYTES : MOST_TOKENS);
  }

  private void line(String what, Score score) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-24s  %s  (%.4f bits a byte, %s of %,d %s)",
            what,
            score.perplexities(p -> String.format(Locale.ROOT, "%.3f", p)),
            score.bits(),
            score.amount(),
            score.documents(),
            score.documents() == 1 ? "file" : "files"));
  }

  private void sample(Tokenizer tokenizer, Program evaluation, int[] windows, RunDirectory run) {
    Recipe.Sample sample = recipe.sample();
    int[] prompt = tokenizer.prompt(sample.prompt());
    out.println("sample:");
    var shown = new TextStream(tokenizer, out, console.outTerminal());
    var bytes = new ByteArrayOutputStream();
    var kept =
        new TextStream(tokenizer, new PrintStream(bytes, false, StandardCharsets.UTF_8), false);
    shown.begin(prompt);
    kept.begin(prompt);
    new Generator(evaluation, tokenizer.vocabulary(), windows)
        .generateWhile(
            prompt,
            sample.length(),
            sample.sampling(),
            new RandomStream(recipe.seed(), "sample"),
            token -> kept.test(token) & shown.test(token));
    shown.finish();
    kept.finish();
    run.keepSample(bytes.toString(StandardCharsets.UTF_8));
  }
}
