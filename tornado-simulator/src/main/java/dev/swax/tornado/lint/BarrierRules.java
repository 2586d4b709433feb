package dev.swax.tornado.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Barriers under a condition that is read from memory: PoCL computes wrong numbers, even where all
 * threads of a group read the same. The condition of a loop may be read from memory.
 */
final class BarrierRules {
  private BarrierRules() {}

  static List<Finding> check(KernelMethod method) {
    BitSet barriers = barriers(method);
    if (barriers.isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    MemoryConditions.of(method).stream()
        .filter(position -> isConditional(method, position, barriers))
        .forEach(position ->
            findings.add(
                method.finding(position, "a barrier under a condition that is read from memory")));
    return findings;
  }

  /** Where a barrier is, or a method is called that may have one. */
  private static BitSet barriers(KernelMethod method) {
    var barriers = new BitSet();
    for (int i = 0; i < method.instructions().size(); i++) {
      if (method.instructions().get(i) instanceof InvokeInstruction call
          && (call.name().equalsString("localBarrier")
              || call.type().stringValue().contains("L" + KernelLint.CONTEXT))) {
        barriers.set(i);
      }
    }
    return barriers;
  }

  /** Whether a barrier is between the branch and where its ways meet again. */
  private static boolean isConditional(KernelMethod method, int position, BitSet barriers) {
    var branch = (BranchInstruction) method.instructions().get(position);
    int target = method.target(branch);
    if (target <= position || isLoopExit(method, position, target)) {
      return false;
    }
    int barrier = barriers.nextSetBit(position);
    return barrier >= 0 && barrier < meeting(method, target);
  }

  private static boolean isLoopExit(KernelMethod method, int position, int target) {
    return method.instructions().get(target - 1) instanceof BranchInstruction back
        && method.target(back) <= position;
  }

  /** After the other way, where the one that is jumped over ends with a jump or a return. */
  private static int meeting(KernelMethod method, int target) {
    Instruction last = method.instructions().get(target - 1);
    if (last instanceof ReturnInstruction) {
      return method.instructions().size();
    }
    return last instanceof BranchInstruction jump && jump.opcode() == Opcode.GOTO
        ? Math.max(target, method.target(jump))
        : target;
  }
}
