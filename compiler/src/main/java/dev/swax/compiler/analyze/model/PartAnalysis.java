package dev.swax.compiler.analyze.model;

import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Checks the body of a part at one place of use, and classifies its state if it has one. */
public interface PartAnalysis {

  /** The part, or empty after a report. */
  Optional<Part> analyze(PlacedPart placed, Diagnostics diagnostics);

  /**
   * A part with everything known that its body may use.
   *
   * @param use the place that a message about a size points to
   * @param width of what it is applied to, also visible to the body as {@code width}
   * @param modelWidth of the stream
   * @param blocks of the model, which initialisation depends on
   * @param layer that the part is in, from 0; one that mentions it is placed in each
   * @param arguments one for each parameter, in the declaration's order; then what bodies of its
   *     kind know beside
   * @param places where each of them comes from
   * @param windows the index of a window of the model that is always so many keys
   * @param shared the name under which its weights are shared, or null
   */
  record PlacedPart(
      Declaration.Part declaration,
      Span use,
      int width,
      int modelWidth,
      int blocks,
      int layer,
      SequencedMap<String, Argument> arguments,
      SequencedMap<String, Span> places,
      IntUnaryOperator windows,
      @Nullable String shared) {
    public PlacedPart {
      arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
      places = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(places));
    }
  }
}
