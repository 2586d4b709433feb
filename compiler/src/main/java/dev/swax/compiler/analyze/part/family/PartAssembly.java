package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.Recurrence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a checked body together: its recurrence, and the definitions that it still needs. */
public final class PartAssembly {
  private final PartBody body;
  private final @Nullable Logarithms logarithms;

  public PartAssembly(StateUpdate update) {
    body = update.body();
    logarithms = update.logarithms();
  }

  /** Of a body without a state. */
  PartAssembly(PartBody body) {
    this.body = body;
    logarithms = null;
  }

  public Part part(Recurrence recurrence, Conversion readout, PartExpression output) {
    return part(recurrence, readout.definitions(), output);
  }

  /** Without a recurrence. */
  Part part(PartExpression output) {
    return part(null, List.of(), output);
  }

  private Part part(
      @Nullable Recurrence recurrence, List<Part.Definition> read, PartExpression output) {
    warnOfUnused(body);
    return new Part(
        body.declaration().kind(),
        body.declaration().name().text(),
        body.declaration().span(),
        body.parameterTexts(),
        body.width(),
        body.heads(),
        definitions(recurrence, read, output),
        recurrence,
        output,
        body.shared(),
        body.weights().own());
  }

  /** Those that the recurrence and the output lead to, in the order of the body. */
  private List<Part.Definition> definitions(
      @Nullable Recurrence recurrence, List<Part.Definition> read, PartExpression output) {
    var all = new ArrayList<Part.Definition>();
    for (PartBody.Defined defined : body.definitions().values()) {
      if (defined.term() instanceof Term.Plain(var expression, _)
          && !expression.isFixed()
          && !defined.name().equals(PartBody.OUTPUT)) {
        addLogarithm(defined, all);
        all.add(new Part.Definition(defined.span(), defined.name(), expression, defined.groups()));
      }
    }
    all.addAll(read);
    Set<String> used = used(recurrence, output);
    for (int before = -1; before < used.size(); ) {
      before = used.size();
      for (Part.Definition definition : all.reversed()) {
        if (used.contains(definition.name())) {
          collect(definition.value(), used);
        }
      }
    }
    return all.stream().filter(definition -> used.contains(definition.name())).toList();
  }

  private void addLogarithm(PartBody.Defined defined, List<Part.Definition> all) {
    String name = logarithms == null ? null : logarithms.names().get(defined.name());
    PartExpression value = logarithms == null || name == null ? null : logarithms.named().get(name);
    if (name != null && value != null) {
      all.add(new Part.Definition(defined.span(), name, value, defined.groups()));
    }
  }

  private static Set<String> used(@Nullable Recurrence recurrence, PartExpression output) {
    var used = new LinkedHashSet<String>();
    if (recurrence != null) {
      recurrence.operands().values().forEach(operand -> collect(operand, used));
    }
    collect(output, used);
    return used;
  }

  private static void collect(PartExpression expression, Set<String> used) {
    if (expression instanceof PartExpression.Reference(_, String name, _)) {
      used.add(name);
    }
    expression.operands().forEach(operand -> collect(operand, used));
  }

  public static void warnOfUnused(PartBody body) {
    for (PartBody.Defined defined : body.definitions().values()) {
      if (!body.isUsed(defined.name()) && !defined.name().equals(PartBody.OUTPUT)) {
        body.report(
            Code.CELL_VALUE_UNUSED,
            defined.span(),
            "`%s` is never used, so it is left out, and its weights too".formatted(defined.name()),
            null);
      }
    }
  }
}
