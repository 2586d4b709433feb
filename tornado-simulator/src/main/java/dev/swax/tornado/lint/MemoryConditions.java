package dev.swax.tornado.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ConstantDescs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which branches of a method depend on what it reads from memory: by the values that go through its
 * variables and its stack. What it is called with counts as not read.
 */
final class MemoryConditions {
  private static final String ARRAYS = "uk/ac/manchester/tornado/api/types/arrays/";

  /** Which variables and which places of the stack hold what was read, before an instruction. */
  private record State(BitSet variables, List<Boolean> stack) {
    State copy() {
      return new State((BitSet) variables.clone(), new ArrayList<>(stack));
    }

    /** Adds what holds on another way here; whether that is more. */
    boolean merge(State other) {
      State before = copy();
      variables.or(other.variables);
      for (int i = 0; i < Math.min(stack.size(), other.stack.size()); i++) {
        stack.set(i, stack.get(i) || other.stack.get(i));
      }
      return !equals(before);
    }

    void push(boolean read) {
      stack.add(read);
    }

    boolean pop() {
      return stack.removeLast();
    }

    /** Whether any of the last ones was read. */
    boolean pop(int count) {
      boolean any = false;
      for (int i = 0; i < count; i++) {
        any |= pop();
      }
      return any;
    }
  }

  private final KernelMethod method;
  private final Map<Integer, State> states = new LinkedHashMap<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final BitSet found = new BitSet();

  private MemoryConditions(KernelMethod method) {
    this.method = method;
  }

  /** The positions of these branches. */
  static BitSet of(KernelMethod method) {
    var conditions = new MemoryConditions(method);
    conditions.reach(0, new State(new BitSet(), new ArrayList<>()));
    while (!conditions.open.isEmpty()) {
      conditions.follow(conditions.open.remove());
    }
    return conditions.found;
  }

  private void reach(int position, State state) {
    State known = states.get(position);
    if (known == null) {
      states.put(position, state.copy());
      open.add(position);
    } else if (known.merge(state)) {
      open.add(position);
    }
  }

  private void follow(int position) {
    Instruction instruction = method.instructions().get(position);
    State state = states.getOrDefault(position, new State(new BitSet(), List.of())).copy();
    if (instruction instanceof BranchInstruction branch) {
      if (state.pop(operands(branch.opcode()))) {
        found.set(position);
      }
      reach(method.target(branch), state);
    } else {
      apply(instruction, state);
    }
    if (!KernelMethod.isEnd(instruction) && position + 1 < method.instructions().size()) {
      reach(position + 1, state);
    }
  }

  private static int operands(Opcode branch) {
    return switch (branch) {
      case GOTO, GOTO_W -> 0;
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE -> 2;
      default -> 1;
    };
  }

  private static void apply(Instruction instruction, State state) {
    switch (instruction) {
      case LoadInstruction load -> state.push(state.variables.get(load.slot()));
      case StoreInstruction store -> state.variables.set(store.slot(), state.pop());
      case ConstantInstruction _ -> state.push(false);
      case IncrementInstruction _ -> {}
      case OperatorInstruction operator ->
          state.push(state.pop(PrivateArrayRules.isUnary(operator.opcode()) ? 1 : 2));
      case ArrayLoadInstruction _ -> {
        state.pop(2);
        state.push(true);
      }
      case ArrayStoreInstruction _ -> state.pop(3);
      case FieldInstruction field -> {
        state.pop(field.opcode() == Opcode.GETFIELD ? 1 : 0);
        state.push(false);
      }
      case InvokeInstruction call -> apply(call, state);
      case StackInstruction stack -> apply(stack.opcode(), state.stack);
      default -> {}
    }
  }

  private static void apply(InvokeInstruction call, State state) {
    boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
    boolean given = state.pop(call.typeSymbol().parameterCount() + (isStatic ? 0 : 1));
    if (!call.typeSymbol().returnType().equals(ConstantDescs.CD_void)) {
      state.push(given || readsMemory(call));
    }
  }

  /** Whether it is a read, or a method that is given an array to read from. */
  private static boolean readsMemory(InvokeInstruction call) {
    return call.owner().asInternalName().startsWith(ARRAYS)
        || call.type().stringValue().contains("L" + ARRAYS);
  }

  /** Of values that take one place: kernels do not copy long numbers within an expression. */
  private static void apply(Opcode opcode, List<Boolean> stack) {
    int size = stack.size();
    switch (opcode) {
      case DUP -> stack.add(stack.getLast());
      case DUP_X1 -> stack.add(size - 2, stack.getLast());
      case DUP_X2 -> stack.add(size - 3, stack.getLast());
      case DUP2 -> stack.addAll(List.copyOf(stack.subList(size - 2, size)));
      case DUP2_X1 -> stack.addAll(size - 3, List.copyOf(stack.subList(size - 2, size)));
      case POP -> stack.removeLast();
      case POP2 -> stack.subList(size - 2, size).clear();
      case SWAP -> stack.add(size - 2, stack.removeLast());
      default -> throw new IllegalArgumentException("no place of the stack: " + opcode);
    }
  }
}
