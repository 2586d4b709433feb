package dev.swax.compiler.model.grid;

import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.task.Task;

/** What a trained model is asked. */
public sealed interface GridMeasure {

  /**
   * {@code e^loss} on the validation text of a data block.
   *
   * @param tokens at most so many of them; 0 for all
   */
  record Perplexity(DataPlan.Text data, long tokens) implements GridMeasure {}

  /**
   * What a model reaches on a task.
   *
   * @param examples how many are asked, of the task's test examples
   */
  record Score(Task task, long examples) implements GridMeasure {}
}
