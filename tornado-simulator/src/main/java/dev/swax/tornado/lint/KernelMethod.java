package dev.swax.tornado.lint;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A method's instructions, with their lines and with labels as positions in the list. */
final class KernelMethod {
  private final String owner;
  private final MethodModel model;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private final Map<Label, Integer> positions = new IdentityHashMap<>();

  KernelMethod(String owner, MethodModel model, CodeModel code) {
    this.owner = owner;
    this.model = model;
    int line = 0;
    for (CodeElement element : code) {
      switch (element) {
        case LineNumber number -> line = number.line();
        case LabelTarget target -> positions.put(target.label(), instructions.size());
        case Instruction instruction -> {
          instructions.add(instruction);
          lines.add(line);
        }
        default -> {}
      }
    }
  }

  MethodModel model() {
    return model;
  }

  CodeModel code() {
    return model.code().orElseThrow();
  }

  Optional<CodeAttribute> codeAttribute() {
    return model.findAttribute(Attributes.code());
  }

  String name() {
    return model.methodName().stringValue();
  }

  MethodTypeDesc type() {
    return model.methodTypeSymbol();
  }

  List<Instruction> instructions() {
    return instructions;
  }

  /** Where a branch goes. */
  int target(BranchInstruction branch) {
    return positions.getOrDefault(branch.target(), instructions.size());
  }

  /** Whether control never goes from an instruction to the next one. */
  static boolean isEnd(Instruction instruction) {
    return instruction instanceof ReturnInstruction
        || switch (instruction.opcode()) {
          case GOTO, GOTO_W, ATHROW, TABLESWITCH, LOOKUPSWITCH -> true;
          default -> false;
        };
  }

  Finding finding(int position, String message) {
    return new Finding(title(), lines.get(position), message);
  }

  Finding finding(String message) {
    return new Finding(title(), 0, message);
  }

  private String title() {
    return owner.replace('/', '.') + "." + name();
  }
}
