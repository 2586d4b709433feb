package dev.swax.cli.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.cli.Host;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.evaluate.Evaluator;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.RunFiles;
import dev.swax.runtime.train.TrainingData;
import dev.swax.runtime.train.TrainingExamples;
import dev.swax.runtime.train.TrainingMixture;
import dev.swax.runtime.train.TrainingText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scores the newest checkpoint of a run.
 *
 * @param data patterns of other text; the run's validation text where there are none
 * @param window of every window of the model; as trained where null
 * @param segment tokens of one call; chosen where null
 * @param cut what is taken out of the model
 */
public record EvaluateRun(
    Host host,
    Path path,
    List<String> data,
    @Nullable Integer window,
    @Nullable Integer segment,
    Cut cut,
    boolean json) {
  private static final int MOST = 1 << 20;

  public EvaluateRun {
    data = List.copyOf(data);
  }

  public void run(MachineOptions machine) {
    requireInRange("--segment", segment);
    requireInRange("--window", window);
    var loader = new TextLoader(host.folder().toAbsolutePath(), Loading.of(host));
    loader.requireThere(data); // before anything else is looked at
    SavedRun saved =
        data.isEmpty()
            ? SavedRun.readWithText(path, host.console())
            : SavedRun.read(path, host.console());
    saved.requireParts(cut);
    Corpus text = data.isEmpty() ? ownText(saved) : tokens(loader, saved);
    int[] windows = saved.windows(window);
    int length =
        segment == null ? Plans.segment(saved.model(), saved.plan().recipe().sequence()) : segment;
    int context = Plans.context(saved.model(), windows, text.longest());
    Memory.requireForKeys(saved.model(), context, length, Memory.machine());
    try (Kernels kernels = machine.kernels();
        SavedWeights weights = saved.weights(host, cut, windows);
        Program program =
            saved.code(cut).create(kernels, weights.parameters(), 1, length, context, false)) {
      print(score(program, text, windows), weights.step());
    }
  }

  private Corpus tokens(TextLoader loader, SavedRun saved) {
    Tokenizer tokenizer = saved.tokenizer();
    Plans.requireKnown(tokenizer, saved.model());
    FormatOptions format =
        saved.plan().data() instanceof DataPlan.Text own
            ? own.source().format().strict()
            : FormatOptions.DEFAULT;
    return loader.read(data, format, tokenizer);
  }

  private Score score(Program program, Corpus text, int[] windows) {
    var progress =
        new WorkProgress(
            host.console(),
            text.tokens(),
            done ->
                String.format(
                    Locale.ROOT, "%,d of %,d %s", done, text.tokens(), text.tokenizer().unit()));
    Score score =
        new Evaluator(program, host.processes().ranks())
            .score(text, windows, () -> false, progress)
            .orElseThrow();
    progress.finish();
    return score;
  }

  private Corpus ownText(SavedRun saved) {
    TrainingData own = Plans.trainingData(saved.plan(), Loading.of(host));
    RunFiles.of(path).changed(own.hashes()).stream()
        .filter(name -> name.equals(TrainingData.VALIDATION))
        .forEach(name -> host.console().message(name + " has changed since the run began"));
    return switch (own) {
      case TrainingText(Split text, _) -> text.validation();
      case TrainingExamples examples ->
          throw new UserError(
              "the run was trained on a task and has no text",
              "`--task TASK` scores it on one; it was trained on %s"
                  .formatted(examples.task().describe()));
      case TrainingMixture mixture ->
          throw new UserError(
              "the run was trained on a mixture (%s), so it has no text of its own"
                  .formatted(mixture.describe()),
              "`--data FILES` for a text, or `--task TASK`");
    };
  }

  private static void requireInRange(String option, @Nullable Integer value) {
    if (value != null && (value < 1 || value > MOST)) {
      throw new UserError(
          "`%s` is %d, but 1 to %d can be used".formatted(option, value, MOST), null);
    }
  }

  private void print(Score score, long step) {
    PrintStream out = host.console().out();
    if (json) {
      var object = new JsonMapper().createObjectNode();
      object.put("step", step);
      object.put("tokens", score.tokens()).put("bytes", score.bytes());
      object.put("documents", score.documents());
      object.put("loss", score.loss());
      object.put("standardError", score.documents() > 1 ? score.standardError() : null);
      object.put("perplexity", score.perplexity());
      object.put("bytePerplexity", score.bytePerplexity()).put("bits", score.bits());
      out.println(object.toPrettyString());
      return;
    }
    String error =
        score.documents() > 1
            ? String.format(Locale.ROOT, ", standard error of the loss %.4f", score.standardError())
            : "";
    out.println(
        String.format(
            Locale.ROOT,
            "perplexity %s  loss %.4f  (%.4f bits a byte, %s of %,d %s%s)",
            score.perplexities(p -> String.format(Locale.ROOT, "%.3f", p)),
            score.loss(),
            score.bits(),
            score.amount(),
            score.documents(),
            score.documents() == 1 ? "file" : "files",
            error));
  }
}
