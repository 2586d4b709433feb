package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.UniqueNames;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartWeights;
import dev.swax.compiler.source.Span;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of one model that share their weights with others. */
final class SharedParts {
  private final Evaluator evaluator;
  private final UniqueNames names = new UniqueNames();
  private final Map<Value.SharedWeights, String> known = new IdentityHashMap<>();
  private final Map<Value.SharedWeights, Placed> first = new IdentityHashMap<>();

  private record Placed(Span span, int width, int layer, List<String> weights) {}

  SharedParts(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** What the weights of a part are called wherever it stands, or null if it shares none. */
  @Nullable String name(Value.Part part) {
    return part.shared() == null
        ? null
        : known.computeIfAbsent(part.shared(), _ -> names.fresh(part.label()));
  }

  /** Whether a part has the weights that it has elsewhere; reported if not. */
  boolean fits(Value.Part part, Part placed, int layer) {
    if (part.shared() == null) {
      return true;
    }
    var here = new Placed(part.span(), placed.width(), layer, PartWeights.of(placed));
    Placed there = first.putIfAbsent(part.shared(), here);
    if (there == null || there.weights().equals(here.weights())) {
      return true;
    }
    evaluator
        .diagnostics()
        .report(
            new Diagnostic(
                Code.SHARED_SHAPE,
                part.span(),
                "`%s` has the same weights everywhere, but %s"
                    .formatted(part.label(), difference(there, here)),
                List.of(),
                "a `shared(…)` for each"));
    return false;
  }

  private static String difference(Placed there, Placed here) {
    if (there.width() != here.width()) {
      return "layer %d applies it to %d columns and layer %d to %d"
          .formatted(there.layer(), there.width(), here.layer(), here.width());
    }
    for (String weight : here.weights()) {
      if (!there.weights().contains(weight)) {
        return "layer %d needs %s, and layer %d does not have it"
            .formatted(here.layer(), weight, there.layer());
      }
    }
    return "layer %d needs fewer of them than layer %d".formatted(here.layer(), there.layer());
  }
}
