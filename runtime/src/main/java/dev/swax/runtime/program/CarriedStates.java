package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** The states of a program's recurrences, and those of sequences that keep nothing. */
final class CarriedStates {
  private final LongFunction<Tensor> allocation;
  private final List<Tensor> states = new ArrayList<>();

  /** States of all sequences of an evaluation apart. */
  private final List<Tensor> spares = new ArrayList<>();

  /** Where tensors of so many numbers come from. */
  CarriedStates(LongFunction<Tensor> allocation) {
    this.allocation = allocation;
  }

  /** One more that is carried, of so many numbers. */
  Tensor add(long length) {
    Tensor state = allocation.apply(length);
    states.add(state);
    return state;
  }

  /** As large as those for each of so many sequences, beside those that are carried. */
  List<Tensor> spares(List<Tensor> own, int sequences) {
    for (int i = 0; i < own.size(); i++) {
      long length = own.get(i).length() * sequences;
      if (i == spares.size()) {
        spares.add(allocation.apply(length));
      } else if (spares.get(i).length() < length) {
        spares.set(i, allocation.apply(length));
      }
    }
    return spares.subList(0, own.size());
  }

  /** Empties those that are carried. */
  void clear() {
    states.forEach(Tensor::clear);
  }
}
