package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.Part;
import org.jspecify.annotations.Nullable;

/**
 * A family of recurrences: which updates are of its form, and the cell that such an update makes.
 */
public interface Family {
  /** Whether an update has this form; says nothing. */
  boolean has(StateUpdate update);

  /**
   * The cell of an update that has this form, or null after saying why it is trained token by
   * token.
   */
  @Nullable Part part(StateUpdate update, Term output);
}
