package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.swax.runtime.kernel.AttentionShape;
import dev.swax.runtime.kernel.MemoryShape;
import dev.swax.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The shapes of attention and memories, as constants of the generated class. */
final class Constants {
  private final Map<AttentionShape, String> attentions = new LinkedHashMap<>();
  private final Map<MemoryShape, String> memories = new LinkedHashMap<>();

  private final Map<List<Double>, String> rows = new LinkedHashMap<>();

  String attention(AttentionShape shape) {
    return attentions.computeIfAbsent(shape, _ -> "ATTENTION" + suffix(attentions.size()));
  }

  String memory(MemoryShape shape) {
    return memories.computeIfAbsent(shape, _ -> "MEMORY" + suffix(memories.size()));
  }

  /** A field that holds these numbers as a tensor. */
  String row(List<Double> values) {
    return rows.computeIfAbsent(values, _ -> "constantRow" + suffix(rows.size()));
  }

  void declare(TypeSpec.Builder type) {
    attentions.forEach((shape, name) ->
        type.addField(
            constant(AttentionShape.class, name)
                .initializer(
                    "new $T($L, $L, $L)",
                    AttentionShape.class,
                    shape.heads(),
                    shape.keyHeads(),
                    shape.headWidth())
                .build()));
    rows.forEach((values, name) ->
        type.addField(
            FieldSpec.builder(Tensor.class, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer(
                    "row($L)",
                    values.stream()
                        .map(v -> v.floatValue() + "f")
                        .collect(Collectors.joining(", ")))
                .build()));
    memories.forEach((shape, name) ->
        type.addField(
            constant(MemoryShape.class, name)
                .initializer(
                    "new $T($L, $L, $L, $L, $T.$L, $L, $L)",
                    MemoryShape.class,
                    shape.heads(),
                    shape.keyWidth(),
                    shape.valueWidth(),
                    shape.scale() + "f",
                    MemoryShape.Normalizer.class,
                    shape.normalizer().name(),
                    shape.inputGate(),
                    shape.forgetGate())
                .build()));
  }

  private static FieldSpec.Builder constant(Class<?> type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  private static String suffix(int known) {
    return known == 0 ? "" : "_" + (known + 1);
  }
}
