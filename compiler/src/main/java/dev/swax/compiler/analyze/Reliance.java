package dev.swax.compiler.analyze;

import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.syntax.Declaration;
import java.util.List;

/** What a value rests on: assumptions of the file, and what is set from outside it. */
record Reliance(List<Assumption> assumptions, List<Declaration.Setting> settings) {
  static final Reliance NONE = new Reliance(List.of(), List.of());

  Reliance {
    assumptions = List.copyOf(assumptions);
    settings = List.copyOf(settings);
  }
}
