package dev.swax.runtime.kernel.step;

import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.step.StepInstruction.Operand;
import dev.swax.runtime.kernel.step.StepInstruction.Reach;
import dev.swax.runtime.kernel.step.StepInstruction.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A program laid out for a block of heads of a group of sequences. The values of a token lie in one
 * array, a sequence after the other, each value followed by room for a whole vector; parameters and
 * constants of all heads in a second one, which all threads read; gradients of parameters in a
 * third one, those of each sequence apart. Running it allocates nothing.
 */
final class StepTape {
  private static final int LANES = SPECIES.length();

  private final StepProgram program;
  private final int heads;
  private final int block;
  private final int group;
  private final StepInstruction[] once;
  private final StepInstruction[] instructions;
  private final StepLoop[] loops;
  private final StepOuter[] outers;
  private final int[] places;
  private final boolean[] each;
  private final boolean[] shared;
  private final int[] transposed;
  private final Map<String, Integer> inputs = new LinkedHashMap<>();
  private final Map<String, Integer> outputs = new LinkedHashMap<>();
  private final int length;
  private final int sharedLength;
  private final int gradientLength;
  private final int heldLength;

  /**
   * A program without what is not needed for some of its outputs.
   *
   * @param heads of the whole recurrence
   * @param block how many of them are computed at a time
   * @param group of how many sequences
   */
  StepTape(StepProgram program, List<String> wanted, int heads, int block, int group) {
    this.program = program;
    this.heads = heads;
    this.block = block;
    this.group = group;
    List<StepInstruction> kept = select(wanted);
    Set<Integer> ofParameters = ofParameters(kept);
    once = kept.stream().filter(i -> isOnce(i, ofParameters)).toArray(StepInstruction[]::new);
    instructions =
        kept.stream().filter(i -> !isOnce(i, ofParameters)).toArray(StepInstruction[]::new);
    places = new int[program.values().size()];
    transposed = new int[places.length];
    each = new boolean[places.length];
    shared = new boolean[places.length];
    int own = 0;
    int common = 0;
    int gradient = 0;
    for (int i = 0; i < places.length; i++) {
      StepValue value = program.values().get(i);
      each[i] = value.each();
      shared[i] = ofParameters.contains(i);
      if (shared[i]) {
        places[i] = common;
        common += room(value.length(heads));
      } else if (value.kind() == StepValue.Kind.GRADIENT) {
        places[i] = gradient;
        gradient += room(group * value.length(block));
      } else {
        places[i] = own;
        own += room(group * value.length(block));
      }
    }
    for (StepInstruction instruction : instructions) {
      if (isTransposed(instruction)) {
        int value = matrix(instruction).value();
        transposed[value] = common;
        common += room(program.values().get(value).length(heads));
      }
    }
    for (int i = 0; i < places.length; i++) {
      inputs.put(program.values().get(i).name(), places[i]);
    }
    program.outputs().forEach((name, value) -> outputs.put(name, places[value]));
    var computed = new ArrayList<StepLoop>();
    var held = new ArrayList<StepOuter>();
    int heldNumbers = 0;
    for (StepInstruction instruction : instructions) {
      if (isHeld(instruction)) {
        held.add(outer(instruction, heldNumbers));
        heldNumbers += held.getLast().length();
      } else {
        computed.add(loop(instruction));
      }
    }
    loops = computed.toArray(StepLoop[]::new);
    outers = held.toArray(StepOuter[]::new);
    heldLength = heldNumbers;
    length = own + LANES;
    sharedLength = common + LANES;
    gradientLength = gradient + LANES;
  }

  private static int room(int numbers) {
    return (numbers + 2 * LANES - 1) / LANES * LANES;
  }

  private List<StepInstruction> select(List<String> wanted) {
    var kept = new ArrayList<StepInstruction>();
    Set<Integer> needed = new LinkedHashSet<>();
    wanted.forEach(name -> needed.add(program.outputs().get(name)));
    for (StepInstruction instruction : program.instructions().reversed()) {
      if (instruction.sum() == Sum.ADDED || needed.contains(instruction.result())) {
        kept.addFirst(instruction);
        needed.add(instruction.left().value());
        needed.add(instruction.right().value());
      }
    }
    return kept;
  }

  /** Parameters, constants, and what is made of these alone: computed once a call. */
  private Set<Integer> ofParameters(List<StepInstruction> kept) {
    Set<Integer> found = new LinkedHashSet<>();
    for (int i = 0; i < program.values().size(); i++) {
      StepValue.Kind kind = program.values().get(i).kind();
      if (kind == StepValue.Kind.PARAMETER || kind == StepValue.Kind.CONSTANT) {
        found.add(i);
      }
    }
    for (StepInstruction instruction : kept) {
      if (isOnce(instruction, found)) {
        found.add(instruction.result());
      }
    }
    return found;
  }

  private static boolean isOnce(StepInstruction instruction, Set<Integer> ofParameters) {
    return instruction.sum() != Sum.ADDED
        && ofParameters.contains(instruction.left().value())
        && ofParameters.contains(instruction.right().value());
  }

  /** A vector times a learnt matrix from the other side: the matrix is turned round once a call. */
  private boolean isTransposed(StepInstruction i) {
    return i.sum() == Sum.COLUMNS
        && shared[matrix(i).value()]
        && !shared[vector(i).value()]
        && matrix(i).reach() == Reach.FULL
        && vector(i).reach() == Reach.COLUMN;
  }

  private Operand matrix(StepInstruction i) {
    return shared[i.left().value()] ? i.left() : i.right();
  }

  private Operand vector(StepInstruction i) {
    return shared[i.left().value()] ? i.right() : i.left();
  }

  /** Floats of the values of a token. */
  int length() {
    return length;
  }

  int sharedLength() {
    return sharedLength;
  }

  int gradientLength() {
    return gradientLength;
  }

  /** Where a value that comes from outside lies in its array. */
  int place(String name) {
    return Objects.requireNonNull(inputs.get(name), name);
  }

  int[] places(List<String> names) {
    return names.stream().mapToInt(this::place).toArray();
  }

  /** Where outputs lie. */
  int[] outputs(List<String> names) {
    return names.stream().mapToInt(name -> Objects.requireNonNull(outputs.get(name))).toArray();
  }

  /** Fills in the constants of all heads. */
  void constants(float[] common) {
    for (int i = 0; i < places.length; i++) {
      List<Double> numbers = program.values().get(i).constants();
      for (int j = 0; j < numbers.size(); j++) {
        common[places[i] + j] = numbers.get(j).floatValue();
      }
    }
  }

  /** What is made of parameters and constants, once these are there. */
  void prepare(float[] common, StepSides sides) {
    for (StepInstruction instruction : once) {
      loop(instruction).run(heads, 1, common, common, common, sides, 0);
    }
    for (StepInstruction instruction : instructions) {
      if (isTransposed(instruction)) {
        transpose(instruction, common);
      }
    }
  }

  private void transpose(StepInstruction i, float[] common) {
    int value = matrix(i).value();
    int rows = i.rows();
    int columns = i.columns();
    int to = transposed[value];
    for (int head = 0; head < (i.each() && each[value] ? heads : 1); head++) {
      int first = head * rows * columns;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          common[to + first + column * rows + row] =
              common[places[value] + first + row * columns + column];
        }
      }
    }
  }

  /** Computes a token of the heads from {@code head} on, in so many sequences of the group. */
  void run(
      int sequences, float[] own, float[] common, float[] gradients, StepSides sides, int head) {
    for (StepLoop loop : loops) {
      loop.run(block, sequences, own, common, gradients, sides, head);
    }
  }

  /** Floats of what is held of {@link StepOuter#TOKENS} tokens. */
  int heldLength() {
    return heldLength;
  }

  /** Holds what a token, which has just been computed, adds to gradients of parameters. */
  void hold(float[] own, float[] held, int token) {
    for (StepOuter outer : outers) {
      outer.hold(own, held, token);
    }
  }

  /** Adds what is held of so many tokens, the first to the last. */
  void addHeld(int sequences, float[] held, int tokens, float[] gradients) {
    for (StepOuter outer : outers) {
      outer.add(sequences, held, tokens, gradients);
    }
  }

  /**
   * Whether a product of rows and columns is all that a gradient gets of a token: several tokens
   * can be added at once then, and each number still gets them in their order.
   */
  private boolean isHeld(StepInstruction i) {
    return i.sum() == Sum.ADDED
        && EnumSet.of(i.left().reach(), i.right().reach())
            .equals(EnumSet.of(Reach.ROW, Reach.COLUMN))
        && !shared[i.left().value()]
        && !shared[i.right().value()]
        && (!i.each() || each[i.result()] || block == 1)
        && Arrays.stream(instructions).filter(o -> o.result() == i.result()).count() == 1;
  }

  private StepOuter outer(StepInstruction i, int place) {
    boolean isRow = i.left().reach() == Reach.ROW;
    return new StepOuter(
        side(i, isRow ? i.left() : i.right()),
        side(i, isRow ? i.right() : i.left()),
        result(i),
        i.rows(),
        i.columns(),
        i.each() ? block : 1,
        group,
        place);
  }

  private StepLoop loop(StepInstruction i) {
    return new StepLoop(i, side(i, i.left()), side(i, i.right()), result(i), turned(i), heads);
  }

  private StepLoop.Side side(StepInstruction i, Operand operand) {
    int value = operand.value();
    boolean apart = i.each() && each[value];
    return new StepLoop.Side(
        shared[value],
        places[value],
        apart ? size(i, operand.reach()) : 0,
        shared[value] ? 0 : length(value),
        operand.reach());
  }

  private StepLoop.Side result(StepInstruction i) {
    boolean ofAll = i.sum() == Sum.ADDED && !each[i.result()];
    return new StepLoop.Side(
        false, places[i.result()], ofAll ? 0 : i.size(), length(i.result()), Reach.FULL);
  }

  /** Numbers of a value in one sequence of a part. */
  private int length(int value) {
    return program.values().get(value).length(block);
  }

  /** Where a matrix lies turned round, for an instruction that reads it so; else -1. */
  private int turned(StepInstruction i) {
    return isTransposed(i) ? transposed[matrix(i).value()] : -1;
  }

  private static int size(StepInstruction i, Reach reach) {
    return switch (reach) {
      case FULL -> i.rows() * i.columns();
      case ROW -> i.rows();
      case COLUMN -> i.columns();
      case ONE -> 1;
    };
  }
}
