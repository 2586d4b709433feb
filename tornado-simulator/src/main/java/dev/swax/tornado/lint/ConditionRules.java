package dev.swax.tornado.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that mix {@code ||} and {@code &&}. TornadoVM joins branches that follow one another
 * to one condition. Of {@code a || b && c} and {@code a && (b || c)}, whose second side is such a
 * condition itself, it then negates the wrong parts. What is read from memory is not joined.
 *
 * <p>This joins them in the same way: two branches are one if the second is reached from the first
 * alone, computes nothing but its condition, and both may go to the same place.
 */
final class ConditionRules {
  /**
   * A condition.
   *
   * @param place of its last instruction
   * @param yes where it goes if it holds
   * @param no where it goes otherwise
   * @param common where each of several joined conditions goes; null if it is a single one
   */
  private record Condition(int place, int yes, int no, boolean pure, @Nullable Integer common) {
    boolean goesTo(int target) {
      return yes == target || no == target;
    }

    int other(int target) {
      return yes == target ? no : yes;
    }
  }

  private final KernelMethod method;
  private final Map<Integer, Integer> entries = new LinkedHashMap<>();
  private final SequencedMap<Integer, Condition> conditions = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private ConditionRules(KernelMethod method) {
    this.method = method;
  }

  static List<Finding> check(KernelMethod method) {
    var rules = new ConditionRules(method);
    rules.find();
    while (rules.joinTwo()) {
      // until nothing is left to join
    }
    return rules.findings;
  }

  /** Every branch, by where its block begins. */
  private void find() {
    List<Instruction> instructions = method.instructions();
    for (int i = 0; i < instructions.size(); i++) {
      if (instructions.get(i) instanceof BranchInstruction branch) {
        entries.merge(method.target(branch), 1, Integer::sum);
        if (isConditional(branch)) {
          entries.merge(i + 1, 1, Integer::sum);
        }
      }
    }
    int begin = 0;
    boolean pure = true;
    for (int i = 0; i < instructions.size(); i++) {
      if (entries.containsKey(i)) {
        boolean fallsInto = i > begin && !isBranch(instructions.get(i - 1));
        entries.merge(i, fallsInto ? 1 : 0, Integer::sum);
        begin = i;
        pure = true;
      }
      if (instructions.get(i) instanceof BranchInstruction branch && isConditional(branch)) {
        conditions.put(begin, new Condition(i, method.target(branch), i + 1, pure, null));
      } else {
        pure &= isPure(instructions.get(i));
      }
    }
  }

  /** Whether it does not go on to the next instruction, or has been counted as it does. */
  private static boolean isBranch(Instruction instruction) {
    return instruction instanceof BranchInstruction || KernelMethod.isEnd(instruction);
  }

  private static boolean isConditional(BranchInstruction branch) {
    return !KernelMethod.isEnd(branch);
  }

  private static boolean isPure(Instruction instruction) {
    return switch (instruction) {
      case LoadInstruction _,
          StoreInstruction _,
          IncrementInstruction _,
          ConstantInstruction _,
          OperatorInstruction _,
          ConvertInstruction _ ->
          true;
      default -> false;
    };
  }

  private boolean joinTwo() {
    for (Map.Entry<Integer, Condition> entry : conditions.entrySet()) {
      Condition first = entry.getValue();
      for (int at : new int[] {first.yes(), first.no()}) {
        Condition second = conditions.get(at);
        Optional<Integer> common = second == null ? Optional.empty() : common(first, at, second);
        if (second != null && common.isPresent()) {
          conditions.remove(at);
          join(entry.getKey(), first, second, common.get());
          return true;
        }
      }
    }
    return false;
  }

  private Optional<Integer> common(Condition first, int at, Condition second) {
    int target = first.other(at);
    boolean joins =
        second.pure()
            && at > first.place()
            && target != at
            && second.goesTo(target)
            && entries.getOrDefault(at, 0) == 1;
    return joins ? Optional.of(target) : Optional.empty();
  }

  private void join(int begin, Condition first, Condition second, int common) {
    Integer within = second.common();
    if (within != null && within != common) {
      findings.add(
          method.finding(
              second.place(), "`a || b && c` and `a && (b || c)` become something else"));
    }
    entries.merge(common, -1, Integer::sum);
    conditions.put(
        begin, new Condition(second.place(), common, second.other(common), first.pure(), common));
  }
}
