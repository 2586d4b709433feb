package dev.swax.tornado.lint;

import java.lang.classfile.Attributes;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Names, parameters and annotations of methods. */
final class SignatureRules {
  private static final String API = "Luk/ac/manchester/tornado/api/";

  /** No task of the API has more. */
  private static final int PARAMETERS = 20;

  private static final Set<String> OBJECTS =
      Set.of(
          API + "KernelContext;",
          API + "types/arrays/FloatArray;",
          API + "types/arrays/DoubleArray;",
          API + "types/arrays/IntArray;",
          API + "types/arrays/ShortArray;",
          API + "types/arrays/LongArray;");

  private SignatureRules() {}

  static List<Finding> checkTask(KernelMethod task) {
    return task.type().parameterCount() > PARAMETERS
        ? List.of(task.finding("a task has at most %d parameters".formatted(PARAMETERS)))
        : List.of();
  }

  static List<Finding> check(KernelMethod method) {
    List<Finding> findings = new ArrayList<>();
    if (DeviceNames.contains(method.name())) {
      findings.add(method.finding("devices have a function of this name"));
    }
    MethodTypeDesc type = method.type();
    parameterNames(method)
        .filter(DeviceNames::contains)
        .forEach(name -> findings.add(method.finding("devices have a word `%s`".formatted(name))));
    for (ClassDesc parameter : type.parameterList()) {
      if (parameter.equals(ConstantDescs.CD_boolean)) {
        findings.add(method.finding("no boolean parameters; use an int"));
      } else if (!parameter.isPrimitive() && !OBJECTS.contains(parameter.descriptorString())) {
        findings.add(method.finding("no parameters of type " + parameter.displayName()));
      }
    }
    if (!type.returnType().isPrimitive()) {
      findings.add(method.finding("methods return numbers or nothing"));
    }
    if (!method.code().exceptionHandlers().isEmpty()) {
      findings.add(method.finding("nothing is caught in kernels"));
    }
    annotations(method.model())
        .filter(name -> name.startsWith(API))
        .forEach(name -> findings.add(method.finding("no annotations such as " + name)));
    return findings;
  }

  /** Parameters keep their names on the device. */
  private static Stream<String> parameterNames(KernelMethod method) {
    int slots =
        method.type().parameterList().stream()
            .mapToInt(type -> TypeKind.from(type).slotSize())
            .sum();
    return method
        .codeAttribute()
        .flatMap(code -> code.findAttribute(Attributes.localVariableTable()))
        .stream()
        .flatMap(table -> table.localVariables().stream())
        .filter(variable -> variable.startPc() == 0 && variable.slot() < slots)
        .map(variable -> variable.name().stringValue());
  }

  /** Types of the annotations of the method, its parameters and its variables. */
  private static Stream<String> annotations(MethodModel method) {
    Stream<TypeAnnotation> inCode =
        method.code().stream()
            .flatMap(
                code -> code.findAttribute(Attributes.runtimeVisibleTypeAnnotations()).stream())
            .flatMap(attribute -> attribute.annotations().stream());
    Stream<TypeAnnotation> ofMethod =
        method.findAttribute(Attributes.runtimeVisibleTypeAnnotations()).stream()
            .flatMap(attribute -> attribute.annotations().stream());
    return Stream.of(
            Stream.concat(inCode, ofMethod).map(TypeAnnotation::annotation),
            method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream()),
            method.findAttribute(Attributes.runtimeVisibleParameterAnnotations()).stream()
                .flatMap(attribute -> attribute.parameterAnnotations().stream())
                .flatMap(List::stream))
        .flatMap(each -> each)
        .map(annotation -> annotation.className().stringValue());
  }
}
