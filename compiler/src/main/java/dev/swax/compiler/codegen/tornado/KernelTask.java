package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * A kernel.
 *
 * @param comment what it computes, and from which lines
 * @param arrays that it reads or writes, its parameters
 * @param grid an expression of type WorkerGrid
 */
record KernelTask(
    String name, String comment, Collection<DeviceArray> arrays, CodeBlock body, CodeBlock grid)
    implements DeviceTask {

  KernelTask {
    arrays = List.copyOf(arrays);
  }

  @Override
  public MethodSpec method() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addJavadoc("$L", comment)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addParameter(DeviceNames.KERNEL_CONTEXT, "context");
    arrays.forEach(array -> method.addParameter(array.type(), array.javaName()));
    return method.addCode(body).build();
  }

  @Override
  public CodeBlock add(String type) {
    String arguments = arrays.stream().map(DeviceArray::javaName).collect(Collectors.joining(", "));
    return CodeBlock.builder()
        .addStatement("graph.task($S, $L::$L, context, $L)", name, type, name, arguments)
        .addStatement("grid($S, $L)", name, grid)
        .build();
  }
}
