package dev.swax.tornado.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.Optional;
import java.util.Set;

/** What a single instruction of a kernel must not be. */
final class InstructionRules {
  private static final String API = "uk/ac/manchester/tornado/api/";
  private static final String CONTEXT = API + "KernelContext";
  private static final String ARRAYS = API + "types/arrays/";
  private static final String MATH = API + "math/TornadoMath";

  /** Methods of objects that kernels may call. */
  private static final Set<String> CONTEXT_METHODS =
      Set.of(
          "localBarrier",
          "allocateFloatLocalArray",
          "allocateDoubleLocalArray",
          "allocateIntLocalArray");

  private static final Set<String> ARRAY_METHODS = Set.of("get", "set", "getSize");

  /** Methods of the class library's classes that kernels may call. */
  private static final Set<String> LIBRARY =
      Set.of(
          "java/lang/Math.abs",
          "java/lang/Math.ceil",
          "java/lang/Math.cos",
          "java/lang/Math.exp",
          "java/lang/Math.floor",
          "java/lang/Math.log",
          "java/lang/Math.max",
          "java/lang/Math.min",
          "java/lang/Math.pow",
          "java/lang/Math.sin",
          "java/lang/Math.sqrt",
          "java/lang/Math.tanh",
          "java/lang/Integer.intValue",
          "java/lang/Float.intBitsToFloat",
          "java/lang/Float.isInfinite",
          "java/lang/Float.isNaN");

  private InstructionRules() {}

  /** Why the instruction must not be there. */
  static Optional<String> problem(Instruction instruction) {
    return switch (instruction) {
      case FieldInstruction field -> field(field);
      case InvokeInstruction call -> call(call);
      case ConstantInstruction constant ->
          constant.typeKind().slotSize() > 0 && constant.constantValue() instanceof Number
              ? Optional.empty()
              : Optional.of("only numbers are constants of kernels");
      default -> operation(instruction.opcode());
    };
  }

  private static Optional<String> operation(Opcode opcode) {
    return switch (opcode) {
      case IUSHR, LUSHR -> Optional.of("`>>>` becomes `>>`; shift and mask instead");
      case ATHROW -> Optional.of("kernels cannot throw");
      case MULTIANEWARRAY, ANEWARRAY -> Optional.of("only flat arrays of numbers can be made");
      case INVOKEDYNAMIC -> Optional.of("no lambdas and no strings in kernels");
      case NEW, CHECKCAST, INSTANCEOF -> Optional.of("no objects in kernels");
      case MONITORENTER, MONITOREXIT -> Optional.of("no locks in kernels");
      default -> Optional.empty();
    };
  }

  private static Optional<String> field(FieldInstruction field) {
    return switch (field.opcode()) {
      case GETSTATIC ->
          field.typeSymbol().isPrimitive()
              ? Optional.empty()
              : Optional.of("static arrays and objects do not reach the device");
      case GETFIELD ->
          field.owner().asInternalName().equals(CONTEXT)
              ? Optional.empty()
              : Optional.of("no fields of objects in kernels");
      default -> Optional.of("kernels do not write fields");
    };
  }

  private static Optional<String> call(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    if (owner.equals(CONTEXT)) {
      return allowed(CONTEXT_METHODS.contains(name), "KernelContext." + name);
    }
    if (owner.startsWith(ARRAYS)) {
      return allowed(
          ARRAY_METHODS.contains(name) && call.opcode() != Opcode.INVOKESTATIC,
          owner.substring(ARRAYS.length()) + "." + name);
    }
    if (owner.startsWith("java/")) {
      return allowed(LIBRARY.contains(owner + "." + name), owner.replace('/', '.') + "." + name);
    }
    if (call.opcode() != Opcode.INVOKESTATIC) {
      return Optional.of("only static methods are called");
    }
    for (ClassDesc parameter : call.typeSymbol().parameterList()) {
      if (parameter.isArray()) {
        return Optional.of("an array passed to a method is addressed wrongly");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> allowed(boolean condition, String method) {
    return condition ? Optional.empty() : Optional.of(method + " does not work in kernels");
  }

  /** Whether the call is of a method that is to be read too. */
  static boolean isOwn(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return call.opcode() == Opcode.INVOKESTATIC
        && !owner.startsWith("java/")
        && !owner.equals(MATH)
        && !owner.startsWith(API);
  }

  /** Whether the call makes an array in local memory. */
  static boolean isLocalAllocation(Instruction instruction) {
    return instruction instanceof InvokeInstruction call
        && call.owner().asInternalName().equals(CONTEXT)
        && call.name().stringValue().startsWith("allocate");
  }
}
