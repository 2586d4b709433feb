package dev.swax.compiler.model.grid;

import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.evaluate.Selection;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.token.Tokenizer;

/** What a trained model is asked. */
public sealed interface GridMeasure {
  /**
   * The same of a model that reads and writes other tokens.
   *
   * @throws dev.swax.runtime.UserError where it cannot be asked so
   */
  GridMeasure withTokenizer(Tokenizer tokenizer);

  /** What is taken out of the model while it is asked. */
  Cut cut();

  /**
   * {@code e^loss} on the validation text of a data block.
   *
   * @param tokens at most so many of them; 0 for all
   * @param selection which of these
   */
  record Perplexity(DataPlan.Text data, long tokens, Selection selection, Cut cut)
      implements GridMeasure {
    @Override
    public Perplexity withTokenizer(Tokenizer tokenizer) {
      return new Perplexity(data.withTokenizer(tokenizer), tokens, selection, cut);
    }
  }

  /**
   * What a model reaches on a task.
   *
   * @param examples how many are asked, of the task's test examples
   */
  record Score(Task task, long examples, Cut cut) implements GridMeasure {
    @Override
    public Score withTokenizer(Tokenizer tokenizer) {
      return new Score(task.withTokenizer(tokenizer), examples, cut);
    }
  }
}
