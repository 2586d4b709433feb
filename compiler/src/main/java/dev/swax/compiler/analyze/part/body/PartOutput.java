package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.type.PartKind;

/** The result of a body: as wide as its input. */
public final class PartOutput {
  private PartOutput() {}

  /** Whether there is a result that is made of the input; reported if not. */
  public static boolean isThere(PartBody body) {
    if (body.definitions().containsKey(PartBody.OUTPUT)) {
      return readsInput(body);
    }
    if (!body.isBroken(PartBody.OUTPUT)) {
      body.report(
          Code.NO_OUTPUT,
          body.declaration().name().span(),
          "`%s` has no `out`, so it has no result".formatted(body.declaration().name().text()),
          "out = linear(y)");
    }
    return false;
  }

  private static boolean readsInput(PartBody body) {
    if (body.isUsed(PartBody.INPUT)) {
      return true;
    }
    String name = body.declaration().name().text();
    body.report(
        Code.INPUT_UNUSED,
        body.declaration().name().span(),
        "`%s` never reads its input `x`, so its result would be the same for every token"
            .formatted(name),
        body.declaration().kind() == PartKind.BLOCK ? "out = x + mixer(norm(x))" : "linear(x)");
    return false;
  }

  /** Whether a result has the width; per-head channels that fill it do. Reported if not. */
  public static boolean fits(PartBody body, PartBody.Defined output) {
    Shape shape = output.term().shape();
    boolean fits =
        shape instanceof Shape.Width
            || (shape instanceof Shape.Vector(int size)
                && (long) size * body.heads() == body.width());
    boolean fixed = output.term() instanceof Term.Plain(var value, _) && value.isFixed();
    if (fits && !fixed) {
      return true;
    }
    body.report(
        Code.HEAD_SHAPE,
        output.term().span(),
        "`out` must be as wide as the model (%d), but this is %s with %d head%s"
            .formatted(body.width(), shape, body.heads(), body.heads() == 1 ? "" : "s"),
        "out = linear(%s)".formatted(output.term().span().text()));
    return false;
  }
}
