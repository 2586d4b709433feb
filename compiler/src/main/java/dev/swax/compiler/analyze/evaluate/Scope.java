package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.syntax.Declaration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names that an expression can see. */
public sealed interface Scope permits Scope.Frame, Scope.Body, Scope.Joined, Scope.Own, Module {

  /** What the name stands for, or null if nothing here is called that. */
  @Nullable Binding find(String name);

  /** Every name in sight, nearest first. */
  default SequencedSet<String> names() {
    SequencedSet<String> names = new LinkedHashSet<>();
    collect(names);
    return names;
  }

  void collect(SequencedSet<String> names);

  /** The declarations in sight. */
  List<Declaration> declarations();

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
    public List<Declaration> declarations() {
      return outer.declarations();
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
    public List<Declaration> declarations() {
      return outer.declarations();
    }

    @Override
    public Scope over(Body body) {
      return new Body(outer.over(body), instance, hidden, previous);
    }
  }

  /**
   * What a declaration sees of its file: its own name means what an import has under it. So {@code
   * model swax = swax(width: 64)} is made from the imported one.
   */
  record Own(Scope outer, String name, Binding imported) implements Scope {

    @Override
    public @Nullable Binding find(String wanted) {
      return wanted.equals(name) ? imported : outer.find(wanted);
    }

    @Override
    public void collect(SequencedSet<String> names) {
      outer.collect(names);
    }

    @Override
    public List<Declaration> declarations() {
      return outer.declarations();
    }

    @Override
    public Scope over(Body body) {
      return new Body(this, body.instance(), body.hidden(), body.previous());
    }
  }

  /** The names of one scope, and where it has none those of another. */
  record Joined(Scope first, Scope second) implements Scope {

    @Override
    public @Nullable Binding find(String name) {
      Binding binding = first.find(name);
      return binding != null ? binding : second.find(name);
    }

    @Override
    public void collect(SequencedSet<String> names) {
      first.collect(names);
      second.collect(names);
    }

    @Override
    public List<Declaration> declarations() {
      return Stream.concat(first.declarations().stream(), second.declarations().stream())
          .distinct()
          .toList();
    }

    @Override
    public Scope over(Body body) {
      return new Joined(first.over(body), second);
    }
  }
}
