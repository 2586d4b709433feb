package dev.swax.compiler.analyze;

import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.syntax.Declaration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Supplier;

/** The names that are being evaluated, innermost last, and what their values rest on. */
final class Progress {
  private record Frame(
      Lazy lazy,
      Deque<String> path,
      SequencedSet<Assumption> assumptions,
      SequencedSet<Declaration.Setting> settings) {}

  private final Deque<Frame> frames = new ArrayDeque<>();

  void enter(Lazy lazy) {
    Deque<String> path = new ArrayDeque<>();
    path.addLast(lazy.name());
    frames.addLast(new Frame(lazy, path, new LinkedHashSet<>(), new LinkedHashSet<>()));
  }

  /** Ends the innermost evaluation; what it rests on. */
  Reliance leave() {
    Frame frame = frames.removeLast();
    return new Reliance(List.copyOf(frame.assumptions()), List.copyOf(frame.settings()));
  }

  /** The same, where only what is set also counts for what is outside of it. */
  List<Assumption> leaveWithAssumptions() {
    Reliance reliance = leave();
    rely(new Reliance(List.of(), reliance.settings()));
    return reliance.assumptions();
  }

  /** The value being evaluated rests on these. */
  void rely(Reliance reliance) {
    if (!frames.isEmpty()) {
      frames.getLast().assumptions().addAll(reliance.assumptions());
      frames.getLast().settings().addAll(reliance.settings());
    }
  }

  /** Evaluates an argument: assumptions inside it are called {@code optim.betas}. */
  <T> T within(String argument, Supplier<T> evaluation) {
    if (frames.isEmpty()) {
      return evaluation.get();
    }
    Deque<String> path = frames.getLast().path();
    path.addLast(argument);
    try {
      return evaluation.get();
    } finally {
      path.removeLast();
    }
  }

  /** Where evaluation is: {@code optim.betas}. */
  String path() {
    return frames.isEmpty() ? "" : String.join(".", frames.getLast().path());
  }

  /** The names from {@code start} to the innermost, and {@code start} again. */
  List<String> cycle(Lazy start) {
    List<String> names = new ArrayList<>();
    for (Frame frame : frames) {
      if (!names.isEmpty() || frame.lazy().equals(start)) {
        names.add(frame.lazy().name());
      }
    }
    names.add(start.name());
    return names;
  }
}
