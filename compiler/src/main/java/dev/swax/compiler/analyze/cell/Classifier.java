package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the terms of a body to the family of its state, or to the reports that say why not. */
final class Classifier {
  private final CellBody body;
  private final Declaration.Cell declaration;
  private final Families families;
  private final Logarithms logarithms;

  Classifier(CellBody body, Declaration.Cell declaration) {
    this.body = body;
    this.declaration = declaration;
    families = new Families(body);
    logarithms = new Logarithms(body);
  }

  /** The cell, or null after a report of an error. */
  @Nullable Cell classify() {
    CellBody.Defined output = body.definitions().get(CellBody.OUTPUT);
    if (!isComplete(output) || output == null || !isOutput(output)) {
      return null;
    }
    Cell trained = trained(output);
    if (trained != null || body.failed()) {
      return trained;
    }
    checkStates(output);
    return body.failed() ? null : new UntrainedAssembly(body, declaration).cell(output.term());
  }

  /** The cell with its trained form, or null after saying why there is none. */
  private @Nullable Cell trained(CellBody.Defined output) {
    CellBody.StateVariable only = body.states().values().iterator().next();
    if (body.states().size() == 1 && only.shape() instanceof Shape.Vector) {
      return scan(only, output);
    }
    CellBody.StateVariable matrix = matrix();
    if (matrix == null) {
      return null;
    }
    List<Summand> sum = Summand.of(update(matrix));
    if (DeltaUpdate.isMadeSo(sum, matrix)) {
      return delta(matrix, output);
    }
    if (RowsUpdate.isMadeSo(sum, matrix)) {
      return rows(matrix, output);
    }
    var update = ScalarUpdate.of(body, families, logarithms, matrix).orElse(null);
    var readout = new Readout(body, matrix);
    CellExpression result = update == null ? null : readout.convert(output.term());
    if (update == null || result == null) {
      return null;
    }
    Read read = readout.read();
    if (read == null) {
      notRead(matrix);
      return null;
    }
    Gates gates = gates(update, read);
    return gates == null || !StateLimit.fits(body, matrix, declaration.name().text())
        ? null
        : new CellAssembly(body, declaration, logarithms)
            .cell(matrix, gates, read, readout, result);
  }

  /** What puts a cell together, once it is known how its state is read. */
  @FunctionalInterface
  private interface Assembled {
    Cell of(CellAssembly assembly, Read read, Readout readout, CellExpression result);
  }

  private @Nullable Cell delta(CellBody.StateVariable matrix, CellBody.Defined output) {
    DeltaUpdate update = DeltaUpdate.of(body, families, logarithms, matrix).orElse(null);
    return update == null
        ? null
        : withoutNormalizer(
            "a delta rule",
            matrix,
            output,
            (assembly, read, readout, result) ->
                assembly.delta(matrix, update, read, readout, result));
  }

  private @Nullable Cell rows(CellBody.StateVariable matrix, CellBody.Defined output) {
    RowsUpdate update = RowsUpdate.of(body, families, logarithms, matrix).orElse(null);
    return update == null
        ? null
        : withoutNormalizer(
            "a state that decays by a vector",
            matrix,
            output,
            (assembly, read, readout, result) ->
                assembly.rows(matrix, update, read, readout, result));
  }

  private @Nullable Cell withoutNormalizer(
      String family, CellBody.StateVariable matrix, CellBody.Defined output, Assembled assembled) {
    var readout = new Readout(body, matrix);
    CellExpression result = readout.convert(output.term());
    if (result == null) {
      return null;
    }
    Read read = readout.read();
    if (read == null) {
      notRead(matrix);
      return null;
    }
    if (read.normalizerState() != null) {
      families.normalizer(family, output.term().span(), matrix);
      return null;
    }
    checkRead(null);
    return body.failed() || !StateLimit.fits(body, matrix, declaration.name().text())
        ? null
        : assembled.of(new CellAssembly(body, declaration, logarithms), read, readout, result);
  }

  private Term update(CellBody.StateVariable state) {
    return Objects.requireNonNull(body.updates().get(state.name()));
  }

  private @Nullable Cell scan(CellBody.StateVariable state, CellBody.Defined output) {
    ScanUpdate update = ScanUpdate.of(body, families, state).orElse(null);
    var readout = new ScanReadout(body, state);
    CellExpression result = update == null ? null : readout.convert(output.term());
    return update == null
            || result == null
            || !UntrainedAssembly.statesOf(body, output.term()).contains(state.name())
            || !StateLimit.fits(body, state, declaration.name().text())
        ? null
        : new CellAssembly(body, declaration, logarithms).scan(state, update, readout, result);
  }

  /** What has to hold of states in whatever family they are. */
  private void checkStates(CellBody.Defined output) {
    Set<String> read = UntrainedAssembly.statesOf(body, output.term());
    for (CellBody.StateVariable state : body.states().values()) {
      if (!read.contains(state.name())) {
        notRead(state);
      }
      StateLimit.fits(body, state, declaration.name().text());
    }
    CellAssembly.warnOfUnused(body);
  }

  private boolean isComplete(CellBody.@Nullable Defined output) {
    Span span = declaration.name().span();
    String name = declaration.name().text();
    if (body.states().isEmpty()) {
      body.report(
          Code.NO_STATE,
          span,
          "`%s` has no state, so it remembers nothing".formatted(name),
          "state S: [key, value]");
    }
    for (CellBody.StateVariable state : body.states().values()) {
      if (!body.updates().containsKey(state.name())) {
        body.report(
            Code.STATE_NOT_UPDATED,
            state.span(),
            "`%s` never gets a next value".formatted(state.name()),
            "%s' = …".formatted(state.name()));
      }
    }
    if (output == null) {
      body.report(
          Code.NO_OUTPUT,
          span,
          "`%s` has no `out`, so it has no result".formatted(name),
          "out = linear(y)");
    }
    return !body.failed();
  }

  /** The one matrix state, or null after saying which family the states make instead. */
  private CellBody.@Nullable StateVariable matrix() {
    List<CellBody.StateVariable> matrices =
        body.states().values().stream().filter(s -> s.shape() instanceof Shape.Table).toList();
    if (matrices.isEmpty()) {
      body.states().values().forEach(this::vectorState);
      return null;
    }
    if (matrices.size() > 1) {
      families.general(
          matrices.get(1).span(),
          "`%s` is a second matrix state".formatted(matrices.get(1).name()));
      return null;
    }
    return matrices.getFirst();
  }

  private void vectorState(CellBody.StateVariable state) {
    families.vectorState(Summand.of(update(state)), state);
  }

  /** Per-head channels that fill the width are a result as they are. */
  private boolean isOutput(CellBody.Defined output) {
    Shape shape = output.term().shape();
    boolean fits =
        shape instanceof Shape.Width
            || (shape instanceof Shape.Vector(int size)
                && (long) size * body.heads() == body.width());
    boolean fixed = output.term() instanceof Term.Plain(var value, _) && value.isFixed();
    if (!fits || fixed) {
      body.report(
          Code.HEAD_SHAPE,
          output.term().span(),
          "`out` must be as wide as the model (%d), but this is %s with %d head%s"
              .formatted(body.width(), shape, body.heads(), body.heads() == 1 ? "" : "s"),
          "out = linear(%s)".formatted(output.term().span().text()));
      return false;
    }
    return true;
  }

  private void notRead(CellBody.StateVariable state) {
    body.report(
        Code.STATE_NOT_READ,
        state.span(),
        "`%s` is never read, so `out` does not depend on it".formatted(state.name()),
        "y = q . %s'".formatted(state.name()));
  }

  /** Reports vectors that nothing reads: all but the normaliser. */
  private void checkRead(CellBody.@Nullable StateVariable normalizer) {
    for (CellBody.StateVariable state : body.states().values()) {
      boolean vector = !(state.shape() instanceof Shape.Table);
      if (vector && !state.equals(normalizer)) {
        notRead(state);
      }
    }
  }

  /** The gates, after checking that the normaliser, if there is one, has the same. */
  private @Nullable Gates gates(ScalarUpdate update, Read read) {
    CellBody.StateVariable normalizer =
        read.normalizerState() == null ? null : body.states().get(read.normalizerState());
    checkRead(normalizer);
    if (body.failed()) {
      return null;
    }
    if (normalizer == null) {
      return update.gates();
    }
    Term next = update(normalizer);
    Gates gates = update.gatesWithNormalizer(normalizer, next).orElse(null);
    if (gates == null) {
      body.untrained(
          new Diagnostic(
              Code.NORMALIZER_DIFFERS,
              next.span(),
              "`%1$s` divides the read of `%2$s`, but its decay and input are not those of `%2$s`, which cannot be trained yet"
                  .formatted(normalizer.name(), update.state().name()),
              List.of(
                  new Diagnostic.Note(
                      update.span(), "`%s'` is computed here".formatted(update.state().name()))),
              update.gates().normalizer(normalizer.name())));
    }
    return gates;
  }
}
