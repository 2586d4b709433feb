package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.type.ValueType;
import java.util.List;
import java.util.stream.Stream;

/** What a call by name makes: a part of a recipe, a task, or a tokenizer. */
public sealed interface Constructor permits RecipeCall, TaskCall, TokenizerCall {
  ValueType result();

  /** Its arguments, in order. */
  Schema schema();

  /** As it is written: {@code warmup_cosine}. */
  default String text() {
    return schema().construct();
  }

  /** All there are, in the order in which messages name them. */
  static List<Constructor> all() {
    return Stream.of(List.of(RecipeCall.values()), TaskCall.ALL, TokenizerCall.ALL)
        .<Constructor>flatMap(List::stream)
        .toList();
  }
}
