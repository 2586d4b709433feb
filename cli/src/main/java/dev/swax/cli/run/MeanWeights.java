package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.interpret.OutputMeans;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Cut;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.train.TrainingData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The weights of a model of which something is taken out, with the means that stand in its place.
 * They are taken over the first sequences of its training, by the interpreter, which knows every
 * value of every layer and is slow: so of few tokens.
 */
final class MeanWeights {
  private static final int TOKENS = 1024;

  private MeanWeights() {}

  /**
   * New parameters.
   *
   * @param windows keys of each window while the means are taken
   */
  static Parameters of(SavedRun saved, Parameters whole, Cut cut, int[] windows, Host host) {
    SequencedMap<String, Matrix> weights = InterpretedWeights.of(whole);
    Map<String, Matrix> filled = new LinkedHashMap<>(means(saved, weights, cut, windows, host));
    filled.putAll(weights); // a layer may give out more, and call it as a weight is called
    Parameters all = Parameters.allocate(saved.code(cut).parameterSpecs(), false);
    for (Parameter parameter : all.all()) {
      String name = parameter.spec().name();
      Matrix values = Objects.requireNonNull(filled.get(name), name);
      for (int i = 0; i < values.values().length; i++) {
        parameter.value().set(i, (float) values.values()[i]);
      }
    }
    return all;
  }

  private static Map<String, Matrix> means(
      SavedRun saved, Map<String, Matrix> weights, Cut cut, int[] windows, Host host) {
    TrainingData data = Plans.trainingData(saved.plan(), Loading.of(host));
    saved.requireSameData(data);
    Sequences sequences = data.sequences(saved.plan().recipe());
    int time = saved.plan().recipe().sequence();
    int count = Math.max(1, TOKENS / time);
    host.console()
        .message(
            "the mean of %s is that over the first %,d tokens of its training"
                .formatted(cut.pathway().text(), count * time));
    var means =
        new OutputMeans(LowerModel.lower(saved.model(), cut.with(Cut.Filling.MEASURED)), weights);
    for (int i = 0; i < count; i++) {
      Batch batch = Batch.allocate(1, time);
      sequences.next(batch);
      means.add(() -> bind(batch, windows));
    }
    return means.means();
  }

  private static Bindings bind(Batch batch, int[] windows) {
    return new Bindings(1, batch.time())
        .tokens(batch.tokens())
        .targets(batch.targets())
        .documentStarts(batch.documentStarts())
        .windows(windows);
  }
}
