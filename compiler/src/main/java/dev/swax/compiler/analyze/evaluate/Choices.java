package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.PartKind;
import dev.swax.compiler.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can stand in a place: the built-in parts, and what a file and its imports declare. */
public final class Choices {
  private Choices() {}

  /** Empty for a place of numbers, text and the like. */
  public static List<String> of(Accepted accepted, Scope scope) {
    return accepted instanceof Wanted wanted ? of(wanted, scope) : accepted.words();
  }

  private static List<String> of(Wanted wanted, Scope scope) {
    return switch (wanted) {
      case NORM -> declared(scope, PartKind.NORM);
      case FEED_FORWARD -> with(declared(scope, PartKind.FFN), "none");
      case LAYER -> declared(scope, PartKind.BLOCK);
      case LEARNING_RATE -> parts(ValueType.LEARNING_RATE);
      case STOP -> List.of("when validation stalls for 5", "none");
      case OPTIMIZER -> parts(ValueType.OPTIMIZER);
      case PART_OF_MIX -> parts(ValueType.SHARE);
      case GROUP -> parts(ValueType.GROUP);
      case EARLIER_TASK -> parts(ValueType.EARLIER_TASK);
      case TASK -> parts(ValueType.TASK);
      case MIXER, CELL -> declared(scope, PartKind.CELL);
      case LAYERS -> joined(of(Wanted.MIXER, scope), of(Wanted.LAYER, scope));
      case MODEL -> declared(scope, Declaration.Model.class::isInstance);
      case TRAIN -> declared(scope, Declaration.Train.class::isInstance);
      case DATA -> declared(scope, Declaration.Data.class::isInstance);
      case TOKENIZER -> parts(ValueType.TOKENIZER);
      case DOCUMENTS -> List.of("carry", "reset");
      case LOSS -> List.of("answers", "all");
      default -> List.of();
    };
  }

  /** The nearest of those and of the file's own names; where none is near, all that fit. */
  static @Nullable String help(String name, List<String> fitting, Scope scope) {
    List<String> others = declared(scope, declaration -> !(declaration instanceof Declaration.Let));
    List<String> own =
        scope.names().stream().filter(n -> !Module.isBuiltIn(n) && !others.contains(n)).toList();
    return DidYouMean.help(name, joined(fitting, own))
        .or(() -> DidYouMean.choices(name, fitting))
        .orElse(null);
  }

  private static List<String> parts(ValueType type) {
    return Constructor.all().stream()
        .filter(constructor -> constructor.result() == type)
        .map(Constructor::text)
        .toList();
  }

  /** Those that every file knows, then those of the file and its imports. */
  private static List<String> declared(Scope scope, PartKind kind) {
    List<String> known =
        Prelude.declarations().stream()
            .filter(part -> part.kind() == kind)
            .map(part -> part.name().text())
            .toList();
    return joined(
        known, declared(scope, d -> d instanceof Declaration.Part part && part.kind() == kind));
  }

  private static List<String> declared(Scope scope, Predicate<Declaration> kind) {
    return scope.declarations().stream()
        .filter(kind)
        .map(declaration -> declaration.name().text())
        .distinct()
        .toList();
  }

  private static List<String> with(List<String> names, String more) {
    return joined(names, List.of(more));
  }

  private static List<String> joined(List<String> names, List<String> more) {
    var all = new ArrayList<>(names);
    all.addAll(more);
    return List.copyOf(all);
  }
}
