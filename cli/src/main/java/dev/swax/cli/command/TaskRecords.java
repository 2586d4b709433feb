package dev.swax.cli.command;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.List;

/** Whether a file can be trained on the records of its tasks: they are there, and they fit. */
final class TaskRecords {
  private TaskRecords() {}

  /** At most one fault for each data block, else one for each train block. */
  static List<Diagnostic> diagnose(Analysis analysis) {
    List<Diagnostic> found = new ArrayList<>();
    for (DataPlan data : analysis.data()) {
      if (data instanceof DataPlan.Examples examples) {
        examples
            .examples()
            .obstacle(Integer.MAX_VALUE)
            .ifPresent(error -> found.add(diagnostic(examples.span(), error)));
      }
    }
    for (TrainPlan train : found.isEmpty() ? analysis.trains() : List.<TrainPlan>of()) {
      DataPlan all = train.data();
      for (DataPlan data : all == null ? List.<DataPlan>of() : all.parts()) {
        if (data instanceof DataPlan.Examples examples) {
          examples
              .examples()
              .obstacle(train.recipe().sequence())
              .ifPresent(error -> found.add(diagnostic(train.span(), error)));
        }
      }
    }
    return found;
  }

  private static Diagnostic diagnostic(Span span, UserError error) {
    return new Diagnostic(
        Code.RECORDS, span, String.valueOf(error.getMessage()), List.of(), error.help());
  }
}
