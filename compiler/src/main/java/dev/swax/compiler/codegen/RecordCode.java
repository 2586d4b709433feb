package dev.swax.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.step.StepProgram;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** A record as an expression of generated code. */
public final class RecordCode {
  private RecordCode() {}

  /**
   * Numbers, lists of them, enums, truths and other records as arguments of the constructor; of a
   * shorter one where it can be.
   */
  public static CodeBlock of(Record shape) {
    Class<?> of = shape.getClass();
    int components = shape instanceof AttentionShape a && a.isPlain() ? 3 : Integer.MAX_VALUE;
    List<CodeBlock> values =
        Arrays.stream(of.getRecordComponents())
            .limit(components)
            .map(component -> literal(component, shape))
            .toList();
    return CodeBlock.of("new $T($L)", of, CodeBlock.join(values, ", "));
  }

  private static CodeBlock literal(RecordComponent component, Record shape) {
    try {
      return switch (component.getAccessor().invoke(shape)) {
        case Float number -> CodeBlock.of("$L", Literals.of(number));
        case Enum<?> one -> CodeBlock.of("$T.$L", one.getDeclaringClass(), one.name());
        case Double number -> CodeBlock.of("$L", number);
        case Integer number -> CodeBlock.of("$L", number);
        case Long number -> CodeBlock.of("$LL", number);
        case StepProgram program ->
            CodeBlock.of("$T.of($S)", StepProgram.class, program.toString());
        case Boolean truth -> CodeBlock.of("$L", truth);
        case Record inner -> of(inner);
        case List<?> numbers ->
            CodeBlock.of(
                "$T.of($L)",
                List.class,
                numbers.stream().map(n -> CodeBlock.of("$L", n)).collect(CodeBlock.joining(", ")));
        case Object other -> throw new IllegalArgumentException(component + ": " + other);
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a shape is a public record: " + shape, e);
    }
  }
}
