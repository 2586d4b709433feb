package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.StateLimit;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.Recurrence;
import org.jspecify.annotations.Nullable;

/**
 * A family of one matrix state, read as {@code q . S'} once a token, perhaps divided by the read of
 * a normaliser.
 */
abstract class MatrixFamily implements Family {
  /** An update as its family understands it. */
  @FunctionalInterface
  interface Form {
    /** The recurrence that is read so under the name of its result, or null after a report. */
    @Nullable Recurrence recurrence(Read read, String result);
  }

  private final @Nullable String withoutNormalizer;

  /** A family without a normaliser, called so in the message about one. */
  MatrixFamily(@Nullable String withoutNormalizer) {
    this.withoutNormalizer = withoutNormalizer;
  }

  /** Whether an update is of this form when a part of it may be absent; for one of several. */
  boolean fits(StateUpdate update) {
    return has(update);
  }

  /** The form of an update that {@link #has} it, or null after a report. */
  protected abstract @Nullable Form form(StateUpdate update);

  @Override
  public final @Nullable Part part(StateUpdate update, Term output) {
    Form form = form(update);
    var readout = new Readout(update.body(), update.state());
    PartExpression result = form == null ? null : readout.convert(output);
    if (form == null || result == null) {
      return null;
    }
    Read read = readout.read();
    if (read == null) {
      update.families().notRead(update.state());
      return null;
    }
    if (read.normalizerState() != null && withoutNormalizer != null) {
      update.families().normalizer(withoutNormalizer, output.span(), update.state());
      return null;
    }
    requireVectorsRead(update, read.normalizerState());
    if (update.body().failed()) {
      return null;
    }
    Recurrence after = form.recurrence(read, readout.result());
    Recurrence recurrence =
        after == null || !read.before() ? after : EarlierState.of(after, update);
    return recurrence == null || !StateLimit.fits(update.body(), update.state())
        ? null
        : new PartAssembly(update).part(recurrence, readout, result);
  }

  /** Reports vectors that nothing reads: all but the normaliser. */
  private static void requireVectorsRead(StateUpdate update, @Nullable String normalizer) {
    for (PartBody.StateVariable state : update.body().states().values()) {
      boolean vector = !(state.shape() instanceof Shape.Table);
      if (vector && !state.name().equals(normalizer)) {
        update.families().notRead(state);
      }
    }
  }
}
