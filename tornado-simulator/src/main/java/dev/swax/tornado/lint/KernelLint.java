package dev.swax.tornado.lint;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks tasks and every method that they call. */
public final class KernelLint {
  static final String CONTEXT = "uk/ac/manchester/tornado/api/KernelContext";

  private final ClassBytes classes;
  private final Map<String, Optional<ClassModel>> models = new LinkedHashMap<>();

  /** Methods that have been read, or are being read. */
  private final Set<String> visited = new LinkedHashSet<>();

  private final Set<String> open = new LinkedHashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private KernelLint(ClassBytes classes) {
    this.classes = classes;
  }

  /**
   * What is wrong with the kernels of a class, which are its static methods that take a
   * KernelContext first and return nothing, and with all that they call.
   *
   * @param classes where this class's and other classes' bytes are found
   * @param className as {@code dev.swax.tornado.kernel.MatmulKernels}
   */
  public static List<Finding> checkKernels(ClassBytes classes, String className) {
    return run(classes, className, false).findings;
  }

  /** The same where the kernels are tasks of graphs themselves, and have no parameters to spare. */
  public static List<Finding> checkTasks(ClassBytes classes, String className) {
    return run(classes, className, true).findings;
  }

  /** How many methods a check of the class reads. */
  public static int countMethods(ClassBytes classes, String className) {
    return run(classes, className, false).visited.size();
  }

  private static KernelLint run(ClassBytes classes, String className, boolean areTasks) {
    var lint = new KernelLint(classes);
    String owner = className.replace('.', '/');
    ClassModel model =
        lint.model(owner)
            .orElseThrow(() -> new IllegalArgumentException("there is no class " + className));
    for (MethodModel method : model.methods()) {
      if (isTask(method)) {
        if (areTasks) {
          lint.checkTask(owner, method);
        }
        lint.visit(owner, method);
      }
    }
    return lint;
  }

  private static boolean isTask(MethodModel method) {
    return method.flags().has(AccessFlag.STATIC)
        && !method.flags().has(AccessFlag.SYNTHETIC)
        && method.methodType().stringValue().startsWith("(L" + CONTEXT + ";")
        && method.methodType().stringValue().endsWith("V");
  }

  private Optional<ClassModel> model(String owner) {
    return models.computeIfAbsent(
        owner, name -> classes.find(name).map(bytes -> ClassFile.of().parse(bytes)));
  }

  private void checkTask(String owner, MethodModel method) {
    method
        .code()
        .map(code -> new KernelMethod(owner, method, code))
        .ifPresent(task -> findings.addAll(SignatureRules.checkTask(task)));
  }

  private void visit(String owner, MethodModel model) {
    String key = key(owner, model.methodName().stringValue(), model.methodType().stringValue());
    if (model.code().isEmpty() || !visited.add(key)) {
      return;
    }
    open.add(key);
    var method = new KernelMethod(owner, model, model.code().orElseThrow());
    findings.addAll(SignatureRules.check(method));
    findings.addAll(BarrierRules.check(method));
    findings.addAll(ConditionRules.check(method));
    findings.addAll(ContextRules.check(method));
    findings.addAll(LoopRules.check(method));
    findings.addAll(PrivateArrayRules.check(method));
    for (int position = 0; position < method.instructions().size(); position++) {
      Instruction instruction = method.instructions().get(position);
      int at = position;
      InstructionRules.problem(instruction)
          .ifPresent(message -> findings.add(method.finding(at, message)));
      if (instruction instanceof InvokeInstruction call && InstructionRules.isOwn(call)) {
        follow(method, position, call);
      }
    }
    open.remove(key);
  }

  private void follow(KernelMethod from, int position, InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    String type = call.type().stringValue();
    if (open.contains(key(owner, name, type))) {
      findings.add(from.finding(position, "a method that calls itself is never compiled"));
      return;
    }
    Optional<MethodModel> target =
        model(owner).stream()
            .flatMap(model -> model.methods().stream())
            .filter(method ->
                method.methodName().equalsString(name) && method.methodType().equalsString(type))
            .findFirst();
    if (target.isEmpty()) {
      findings.add(
          from.finding(position, "%s.%s cannot be read".formatted(owner.replace('/', '.'), name)));
    } else {
      visit(owner, target.get());
    }
  }

  private static String key(String owner, String name, String type) {
    return owner + "." + name + type;
  }
}
