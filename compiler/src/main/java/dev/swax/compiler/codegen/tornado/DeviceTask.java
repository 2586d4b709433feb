package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;

/** One task of a graph: a static method, and how the graph takes it. */
sealed interface DeviceTask permits KernelTask, ProductTask {
  /** Of the method and of the task. */
  String name();

  MethodSpec method();

  /** Statements that add the task to {@code graph}; {@code type} is the generated class. */
  CodeBlock add(String type);
}
