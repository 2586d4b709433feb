package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.model.Assumption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** The names that are being evaluated, innermost last, and what their values rest on. */
public final class Progress {
  private record Frame(Lazy lazy, Deque<String> path, Reliance.Seen seen) {}

  private final Deque<Frame> frames = new ArrayDeque<>();

  public void enter(Lazy lazy) {
    Deque<String> path = new ArrayDeque<>();
    path.addLast(lazy.name());
    frames.addLast(new Frame(lazy, path, new Reliance.Seen()));
  }

  /** Ends the innermost evaluation; what it rests on. */
  public Reliance leave() {
    return Reliance.on(frames.removeLast().seen());
  }

  /** The same, where only what is set also counts for what is outside of it. */
  public List<Assumption> leaveWithAssumptions() {
    Reliance reliance = leave();
    rely(Reliance.on(reliance.settings()));
    return reliance.assumptions();
  }

  /** The value being evaluated rests on these. */
  public void rely(Reliance reliance) {
    if (!frames.isEmpty()) {
      frames.getLast().seen().add(reliance);
    }
  }

  /** Evaluates an argument: assumptions inside it are called {@code optim.betas}. */
  public <T> T within(String argument, Supplier<T> evaluation) {
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
