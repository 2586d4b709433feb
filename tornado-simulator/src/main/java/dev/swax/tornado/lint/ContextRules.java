package dev.swax.tornado.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Numbers of threads and groups: with several reads of one, a kernel may not compile. */
final class ContextRules {
  private ContextRules() {}

  static List<Finding> check(KernelMethod method) {
    List<Finding> findings = new ArrayList<>();
    Set<String> read = new HashSet<>();
    for (int position = 0; position < method.instructions().size(); position++) {
      Instruction instruction = method.instructions().get(position);
      if (instruction instanceof FieldInstruction field
          && field.owner().asInternalName().equals(KernelLint.CONTEXT)
          && !read.add(field.name().stringValue())) {
        findings.add(
            method.finding(
                position,
                "context.%s is read twice; read it once into an int"
                    .formatted(field.name().stringValue())));
      }
    }
    return findings;
  }
}
