package dev.swax.compiler.analyze.name;

import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.PartStatement;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that expressions mention, those that they bind themselves and `{n}` in labels too. */
public final class NameUse {
  private static final Pattern IN_LABEL = Pattern.compile("\\{(\\w+)}");

  private final Set<String> names = new LinkedHashSet<>();

  public boolean has(String name) {
    return names.contains(name);
  }

  NameUse addAll(NameUse other) {
    names.addAll(other.names);
    return this;
  }

  NameUse add(PartStatement statement) {
    switch (statement) {
      case PartStatement.State state -> state.shape().forEach(this::add);
      case PartStatement.Define define -> {
        define.shape().forEach(this::add);
        if (define.groups() != null) {
          add(define.groups());
        }
        add(define.value());
      }
      case PartStatement.Update update -> add(update.value());
    }
    return this;
  }

  /** Only what entries of a {@code with} mention, wherever it stands. */
  void addReplacements(Expression expression) {
    if (expression instanceof Expression.With with) {
      with.overrides().forEach(replacement -> add(replacement.value()));
    }
    Operands.of(expression).forEach(this::addReplacements);
  }

  public NameUse add(Expression expression) {
    switch (expression) {
      case Expression.Name name -> names.add(name.text());
      case Expression.Text text ->
          IN_LABEL.matcher(text.value()).results().forEach(name -> names.add(name.group(1)));
      default -> Operands.of(expression).forEach(this::add);
    }
    return this;
  }
}
