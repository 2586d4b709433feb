package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** The states of a program's recurrences, and those of sequences that keep nothing. */
final class CarriedStates {
  private final LongFunction<Tensor> allocation;
  private final int texts;
  private final List<Tensor> states = new ArrayList<>();

  /** States of all sequences of an evaluation apart. */
  private final List<Tensor> spares = new ArrayList<>();

  /**
   * @param allocation where tensors of so many numbers come from
   * @param texts each has a state of its own, one behind the other
   */
  CarriedStates(LongFunction<Tensor> allocation, int texts) {
    this.allocation = allocation;
    this.texts = texts;
  }

  /** One more that is carried, of so many numbers for each text. */
  Tensor add(long size) {
    Tensor state = allocation.apply(size * texts);
    states.add(state);
    return state;
  }

  /** How many numbers of a state each text has. */
  long size(Tensor state) {
    return state.length() / texts;
  }

  /** Those of one text. */
  List<Tensor> of(List<Tensor> all, int text) {
    return texts == 1
        ? all
        : all.stream().map(state -> state.slice(text * size(state), size(state))).toList();
  }

  /** Lets a text go on from the states of another one. */
  void copy(int from, int to) {
    for (Tensor state : states) {
      long bytes = size(state) * Float.BYTES;
      MemorySegment.copy(state.segment(), from * bytes, state.segment(), to * bytes, bytes);
    }
  }

  /** As large as those of one text for each of so many sequences, beside those carried. */
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
