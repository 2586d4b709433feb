package dev.swax.tornado.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;

/** Loops: what a branch backwards spans. */
final class LoopRules {
  private LoopRules() {}

  /** From the first instruction to the branch back to it. */
  private record Loop(int first, int last) {
    boolean contains(int position) {
      return first <= position && position <= last;
    }
  }

  static List<Finding> check(KernelMethod method) {
    List<Finding> findings = new ArrayList<>();
    List<Loop> loops = loops(method);
    List<Instruction> instructions = method.instructions();
    for (Loop loop : loops) {
      if (instructions.get(loop.last()).opcode() == Opcode.GOTO && !hasCondition(method, loop)) {
        findings.add(method.finding(loop.first(), "a loop without a condition loses its blocks"));
      }
    }
    for (int position = 0; position < instructions.size(); position++) {
      int at = position;
      if (loops.stream().noneMatch(loop -> loop.contains(at))) {
        continue;
      }
      if (instructions.get(position) instanceof ReturnInstruction) {
        findings.add(method.finding(position, "a return in a loop is overwritten by a later one"));
      }
      if (InstructionRules.isLocalAllocation(instructions.get(position))) {
        findings.add(method.finding(position, "local memory is allocated before loops"));
      }
    }
    return findings;
  }

  /** One loop for each place that is branched back to: up to the last such branch. */
  private static List<Loop> loops(KernelMethod method) {
    int[] last = new int[method.instructions().size()];
    for (int position = 0; position < last.length; position++) {
      if (method.instructions().get(position) instanceof BranchInstruction branch
          && method.target(branch) <= position) {
        last[method.target(branch)] = position + 1;
      }
    }
    List<Loop> loops = new ArrayList<>();
    for (int first = 0; first < last.length; first++) {
      if (last[first] > 0) {
        loops.add(new Loop(first, last[first] - 1));
      }
    }
    return loops;
  }

  /**
   * Whether the loop begins with a condition that leaves it, as for and while do; what comes after
   * the first effect is a break.
   */
  private static boolean hasCondition(KernelMethod method, Loop loop) {
    for (int position = loop.first(); position < loop.last(); position++) {
      Instruction instruction = method.instructions().get(position);
      if (instruction instanceof BranchInstruction branch
          && branch.opcode() != Opcode.GOTO
          && method.target(branch) > loop.last()) {
        return true;
      }
      if (hasEffect(instruction)) {
        return false;
      }
    }
    return false;
  }

  private static boolean hasEffect(Instruction instruction) {
    return switch (instruction) {
      case StoreInstruction _, ArrayStoreInstruction _, IncrementInstruction _ -> true;
      case InvokeInstruction call -> call.typeSymbol().returnType().equals(ConstantDescs.CD_void);
      default -> false;
    };
  }
}
