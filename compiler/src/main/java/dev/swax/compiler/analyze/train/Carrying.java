package dev.swax.compiler.analyze.train;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.runtime.data.DocumentBorders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether sequences can begin with the state that another one left. */
final class Carrying {
  private Carrying() {}

  /** Why they cannot; empty where they can, or where the model is not known yet. */
  static Optional<String> obstacle(@Nullable Architecture model, @Nullable DataPlan data) {
    List<DataPlan> parts = data == null ? List.of() : data.parts();
    for (DataPlan part : parts) {
      if (part instanceof DataPlan.Text text && keepsApart(text)) {
        return Optional.of(
            "`carry` takes a state over to another document, but the data has `%s`"
                .formatted(
                    text.borders() == DocumentBorders.RESET
                        ? "documents = reset"
                        : "packing = whole"));
      }
    }
    return model == null ? Optional.empty() : ofModel(model);
  }

  private static boolean keepsApart(DataPlan.Text text) {
    return text.borders() == DocumentBorders.RESET || text.isWhole();
  }

  private static Optional<String> ofModel(Architecture model) {
    if (Cut.of(Cut.Pathway.MEMORY).obstacle(model).isPresent()) {
      return Optional.of(
          "`%s` has no memory, so no sequence leaves a state to another".formatted(model.name()));
    }
    if (model.options().meta() > 0) {
      return Optional.of(
          "`%s` has meta tokens, which stand before a sequence that begins with the empty state"
              .formatted(model.name()));
    }
    List<Part> parts = model.layers().stream().flatMap(layer -> layer.parts().stream()).toList();
    if (parts.stream().anyMatch(part -> !part.mixtures().isEmpty())) {
      return Optional.of(
          "`%s` has experts, and the tokens that leave a state would count in their balance"
              .formatted(model.name()));
    }
    return parts.stream()
        .filter(Carrying::learnsItsState)
        .findFirst()
        .map(part ->
            "the state of `%s` is made with weights of its own, and their gradient cannot stop where a state is taken over"
                .formatted(part.name()));
  }

  private static boolean learnsItsState(Part part) {
    Recurrence recurrence = part.recurrence();
    return recurrence != null && !recurrence.shape().parameters().isEmpty();
  }
}
