package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.part.HeadGroups;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups of heads, which a parameter counts. */
final class Grouping {
  private Grouping() {}

  /** The groups that a parameter counts, or null after a report. */
  static @Nullable HeadGroups of(PartBody body, Expression.Name name) {
    Double number = body.parameterNumber(name.text());
    if (number == null) {
      body.report(
          Code.UNKNOWN_NAME,
          name.span(),
          "`%s` is no parameter of this cell, so it counts no groups".formatted(name.text()),
          "`cell …(heads = %s, %s = 1)`".formatted(body.heads(), name.text()));
      return null;
    }
    if (number >= 1 && body.heads() % number == 0) {
      return new HeadGroups(name.text(), number.intValue());
    }
    Span place = body.places().get(name.text());
    body.report(
        new Diagnostic(
            Code.GROUPS_DO_NOT_DIVIDE,
            name.span(),
            "`%s` is %s, but it must divide `heads` (%s), so that all groups have equally many heads"
                .formatted(name.text(), Numbers.text(number), body.heads()),
            place == null
                ? List.of()
                : List.of(
                    new Diagnostic.Note(place, "`%s` comes from here".formatted(name.text()))),
            "`%s: %s`".formatted(name.text(), divisor(body.heads(), number))));
    return null;
  }

  /** The largest divisor that is not above a number. */
  private static int divisor(int heads, double most) {
    int divisor = (int) Math.max(1, Math.min(heads, most));
    while (heads % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  /** Whether that is the name of a line of this body with a value of heads. */
  static boolean isOfHeads(PartBody body, @Nullable Expression expression) {
    if (!(expression instanceof Expression.Name name)) {
      return false;
    }
    PartBody.Defined defined = body.definitions().get(name.text());
    return defined != null && defined.groups() == null;
  }

  /** Whether a name may be used in a line that is of groups; reported if it is of heads. */
  static boolean allows(PartBody body, Expression.Name name) {
    HeadGroups groups = body.groups();
    if (groups == null || !body.isPerHead(name.text())) {
      return true;
    }
    PartBody.Defined defined = body.definitions().get(name.text());
    HeadGroups others = defined == null ? null : defined.groups();
    body.report(
        Code.PER_GROUP,
        name.span(),
        "`%s` has a value for each of %s, but this line has one for each of %s groups (`%s`)"
            .formatted(
                name.primed() ? name.text() + "'" : name.text(),
                others == null
                    ? body.heads() + " heads"
                    : "%s groups (`%s`)".formatted(others.count(), others.name()),
                groups.count(),
                groups.name()),
        null);
    return false;
  }
}
