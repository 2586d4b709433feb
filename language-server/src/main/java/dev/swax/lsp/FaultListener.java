package dev.swax.lsp;

/** Is told of faults of the server itself, which are nobody's but ours. */
@FunctionalInterface
public interface FaultListener {
  /** Keeps the details; returns one line for the user. */
  String fault(Throwable thrown);
}
