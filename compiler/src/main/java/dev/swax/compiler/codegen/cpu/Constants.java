package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.codegen.Literals;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.step.StepProgram;
import dev.swax.runtime.tensor.Tensor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The shapes of attention and recurrences, as constants of the generated class. */
final class Constants {
  private final Map<AttentionShape, String> attentions = new LinkedHashMap<>();
  private final Map<RecurrenceShape, String> recurrences = new LinkedHashMap<>();
  private final Map<List<Double>, String> rows = new LinkedHashMap<>();

  String attention(AttentionShape shape) {
    return attentions.computeIfAbsent(shape, _ -> "ATTENTION" + suffix(attentions.size()));
  }

  String recurrence(RecurrenceShape shape) {
    return recurrences.computeIfAbsent(
        shape,
        _ -> "%s%s".formatted(shape.name().toUpperCase(Locale.ROOT), suffix(recurrences.size())));
  }

  /** A field that holds these numbers as a tensor. */
  String row(List<Double> values) {
    return rows.computeIfAbsent(values, _ -> "constantRow" + suffix(rows.size()));
  }

  void declare(TypeSpec.Builder type) {
    attentions.forEach((shape, name) -> constant(type, shape, name));
    rows.forEach((values, name) ->
        type.addField(
            FieldSpec.builder(Tensor.class, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer(
                    "row($L)",
                    values.stream()
                        .map(v -> v.floatValue() + "f")
                        .collect(Collectors.joining(", ")))
                .build()));
    recurrences.forEach((shape, name) -> constant(type, shape, name));
  }

  /** A record of numbers, enums and truths by its constructor; by a shorter one where it can be. */
  private static void constant(TypeSpec.Builder type, Object shape, String name) {
    Class<?> of = shape.getClass();
    int components = shape instanceof AttentionShape a && a.isPlain() ? 3 : Integer.MAX_VALUE;
    List<CodeBlock> values =
        Arrays.stream(of.getRecordComponents())
            .limit(components)
            .map(component -> literal(component, shape))
            .toList();
    type.addField(
        FieldSpec.builder(of, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("new $T($L)", of, CodeBlock.join(values, ", "))
            .build());
  }

  private static CodeBlock literal(RecordComponent component, Object shape) {
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
        case Object other -> throw new IllegalArgumentException(component + ": " + other);
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a shape is a public record: " + shape, e);
    }
  }

  private static String suffix(int known) {
    return known == 0 ? "" : "_" + (known + 1);
  }
}
