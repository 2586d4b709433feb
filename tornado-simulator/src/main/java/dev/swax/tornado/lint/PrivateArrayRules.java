package dev.swax.tornado.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;

/** Private arrays hold garbage: what a kernel does to one first must be to write it. */
final class PrivateArrayRules {
  private PrivateArrayRules() {}

  static List<Finding> check(KernelMethod method) {
    List<Finding> findings = new ArrayList<>();
    List<Instruction> instructions = method.instructions();
    for (int position = 0; position < instructions.size(); position++) {
      if (instructions.get(position) instanceof NewPrimitiveArrayInstruction
          && !isWrittenFirst(instructions, position + 1)) {
        findings.add(method.finding(position, "a private array is not zeroed, and holds garbage"));
      }
    }
    return findings;
  }

  /**
   * Whether the array that is on the stack here is stored in a variable, and the first use of that
   * variable, in the order of the text, ends in a write to an element.
   */
  private static boolean isWrittenFirst(List<Instruction> instructions, int position) {
    if (!(instructions.get(position) instanceof StoreInstruction store)) {
      return false;
    }
    for (int i = position + 1; i < instructions.size(); i++) {
      if (instructions.get(i) instanceof LoadInstruction load && load.slot() == store.slot()) {
        return endsInWrite(instructions, i);
      }
    }
    return true;
  }

  /** Follows the values on top of the array that is loaded here, until an instruction takes it. */
  private static boolean endsInWrite(List<Instruction> instructions, int load) {
    int depth = 1;
    for (int i = load + 1; i < instructions.size() && depth > 0; i++) {
      Instruction instruction = instructions.get(i);
      boolean updates = instruction.opcode() == Opcode.DUP2 && depth == 2;
      if (updates || (instruction instanceof ArrayLoadInstruction && depth == 2)) {
        return false;
      }
      if (instruction instanceof ArrayStoreInstruction && depth == 3) {
        return true;
      }
      depth += change(instruction);
    }
    return false;
  }

  /** By how many values the stack grows, along the text: of two arms only one counts. */
  private static int change(Instruction instruction) {
    return switch (instruction) {
      case LoadInstruction _, ConstantInstruction _ -> 1;
      case StoreInstruction _, ArrayLoadInstruction _ -> -1;
      case ArrayStoreInstruction _ -> -3;
      case OperatorInstruction operator -> isUnary(operator.opcode()) ? 0 : -1;
      case FieldInstruction field -> field.opcode() == Opcode.GETSTATIC ? 1 : 0;
      case BranchInstruction branch -> branchChange(branch.opcode());
      case InvokeInstruction call -> {
        int taken = call.typeSymbol().parameterCount();
        int object = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
        int given = call.typeSymbol().returnType().equals(ConstantDescs.CD_void) ? 0 : 1;
        yield given - taken - object;
      }
      case StackInstruction stack ->
          switch (stack.opcode()) {
            case POP -> -1;
            case POP2, SWAP -> 0;
            case DUP2, DUP2_X1, DUP2_X2 -> 2;
            default -> 1;
          };
      default -> 0;
    };
  }

  static boolean isUnary(Opcode opcode) {
    return switch (opcode) {
      case INEG, LNEG, FNEG, DNEG, ARRAYLENGTH -> true;
      default -> false;
    };
  }

  private static int branchChange(Opcode opcode) {
    return switch (opcode) {
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE -> -2;
      default -> -1;
    };
  }
}
