package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of a matrix state: {@code q . S'}, alone or divided by its normaliser. */
final class Readout extends Conversion {
  private @Nullable Read read;
  private @Nullable Span place;
  private String result = "";

  Readout(PartBody body, PartBody.StateVariable state) {
    super(body, state);
  }

  /** How the state is read, once an expression has been converted that reads it. */
  @Nullable Read read() {
    return read;
  }

  @Override
  public String result() {
    return result;
  }

  @Override
  protected boolean isRead(Term term) {
    return find(ProductChain.of(term)).isPresent();
  }

  @Override
  protected @Nullable PartExpression read(Term term) {
    ProductChain chain = ProductChain.of(term);
    PartExpression value = register(term, find(chain).orElseThrow(), chain.isScaledByNumbers());
    return value == null ? null : chain.plain().applyTo(value, term.span());
  }

  private Optional<Read> find(ProductChain chain) {
    return Read.of(chain, state.name(), body)
        .filter(_ -> chain.isScaledByNumbers() || !chain.below().isEmpty());
  }

  @Override
  protected String ways() {
    return "this read makes the cell train token by token; chunks read `q . %s'`, alone or divided by `q . n'` or `max(abs(q . n'), 1)`"
        .formatted(state.name());
  }

  /** The one read of this cell; its name is that of the line where it stands alone. */
  private @Nullable PartExpression register(Term term, Read found, boolean alone) {
    Shape.Table table = (Shape.Table) state.shape();
    if (read == null) {
      read = found;
      place = term.span();
      PartBody.Defined defined = line(term);
      String name = defined == null ? PartBody.OUTPUT : defined.name();
      boolean named = alone && found.gain() == 1 && !name.equals(PartBody.OUTPUT);
      result = named ? name : unusedName();
    } else if (!read.same(found)) {
      body.untrained(
          new Diagnostic(
              Code.READ_NOT_HANDLED,
              term.span(),
              "this cell has two reads of its state, so it is trained token by token: chunks read once",
              place == null
                  ? List.of()
                  : List.of(new Diagnostic.Note(place, "the first read is here")),
              "a head for each read trains by chunks, where the heads of a group share the rest: `k: [key] per groups = …`"));
      return null;
    }
    var reference = new PartExpression.Reference(term.span(), result, table.columns());
    return found.gain() == 1
        ? reference
        : new PartExpression.Binary(
            term.span(),
            BinaryFunction.MULTIPLY,
            new PartExpression.Constant(term.span(), found.gain()),
            reference,
            table.columns());
  }

  private String unusedName() {
    var taken = new LinkedHashSet<>(body.names());
    String name = "read";
    for (int i = 2; !taken.add(name); i++) {
      name = "read_" + i;
    }
    return name;
  }
}
