package dev.swax.compiler.analyze.name;

import dev.swax.compiler.syntax.Declaration;

/** Whether a cell mentions a name, in its body or where its parameters get their values. */
public final class Mentions {
  private Mentions() {}

  public static boolean of(Declaration.Part part, String name) {
    var use = new NameUse();
    part.statements().forEach(use::add);
    for (Declaration.Parameter parameter : part.parameters()) {
      if (parameter.defaultValue() != null) {
        use.add(parameter.defaultValue());
      }
    }
    return use.has(name);
  }
}
