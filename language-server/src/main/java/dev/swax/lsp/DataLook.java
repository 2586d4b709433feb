package dev.swax.lsp;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostic;
import java.util.List;

/** Looks at the files that a text names: whether they are there and fit. That may take long. */
@FunctionalInterface
public interface DataLook {
  /** What is wrong with them. */
  List<Diagnostic> at(Analysis analysis);
}
