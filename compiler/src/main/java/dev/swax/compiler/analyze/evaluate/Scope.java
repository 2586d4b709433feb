package dev.swax.compiler.analyze.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The names that an expression can see. */
public sealed interface Scope permits Scope.Frame, Scope.Body, Module {

  /** What the name stands for, or null if nothing here is called that. */
  @Nullable Binding find(String name);

  /** Every name in sight, nearest first. */
  default SequencedSet<String> names() {
    SequencedSet<String> names = new LinkedHashSet<>();
    collect(names);
    return names;
  }

  void collect(SequencedSet<String> names);

  /** The file in which this stands. */
  Module module();

  /**
   * This scope with a body's names behind its own parameters and before the file's: what an
   * expression inside {@code with} sees. Inside the new definition of {@code hidden}, that name
   * means {@code previous}.
   */
  Scope over(Body body);

  /** Parameters of a call, or the variable of a comprehension. */
  public record Frame(Scope outer, SequencedMap<String, Binding> bindings) implements Scope {
    public Frame {
      bindings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(bindings));
    }

    @Override
    public @Nullable Binding find(String name) {
      Binding binding = bindings.get(name);
      return binding != null ? binding : outer.find(name);
    }

    @Override
    public void collect(SequencedSet<String> names) {
      names.addAll(bindings.keySet());
      outer.collect(names);
    }

    @Override
    public Module module() {
      return outer.module();
    }

    @Override
    public Scope over(Body body) {
      return new Frame(outer.over(body), bindings);
    }
  }

  /**
   * The names of a body: parameters, keys and lets. {@code hidden} is the name being redefined and
   * {@code previous} what it meant before; both null outside a {@code with}.
   */
  record Body(Scope outer, Instance instance, @Nullable String hidden, @Nullable Binding previous)
      implements Scope {

    @Override
    public @Nullable Binding find(String name) {
      if (previous != null && name.equals(hidden)) {
        return previous;
      }
      Slot slot = instance.find(name);
      return slot != null ? slot.binding() : outer.find(name);
    }

    @Override
    public void collect(SequencedSet<String> names) {
      names.addAll(instance.names());
      outer.collect(names);
    }

    @Override
    public Module module() {
      return outer.module();
    }

    @Override
    public Scope over(Body body) {
      return new Body(outer.over(body), instance, hidden, previous);
    }
  }
}
