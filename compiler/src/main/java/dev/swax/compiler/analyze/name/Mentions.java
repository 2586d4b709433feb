package dev.swax.compiler.analyze.name;

import dev.swax.compiler.syntax.Declaration;

/** Whether a cell mentions a name, in its body or where its parameters get their values. */
public final class Mentions {
  private Mentions() {}

  public static boolean of(Declaration.Part cell, String name) {
    var use = new NameUse();
    cell.statements().forEach(use::add);
    for (Declaration.Parameter parameter : cell.parameters()) {
      if (parameter.defaultValue() != null) {
        use.add(parameter.defaultValue());
      }
    }
    return use.has(name);
  }
}
