package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.codegen.RecordCode;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * The shapes of attention, recurrences and choices of experts, as constants of the generated class.
 */
final class Constants {
  private final Map<AttentionShape, String> attentions = new LinkedHashMap<>();
  private final Map<RecurrenceShape, String> recurrences = new LinkedHashMap<>();
  private final Map<Rotation, String> rotations = new LinkedHashMap<>();
  private final Map<ChoiceShape, String> choices = new LinkedHashMap<>();
  private final Map<List<Double>, String> rows = new LinkedHashMap<>();

  String attention(AttentionShape shape) {
    return attentions.computeIfAbsent(shape, _ -> "ATTENTION" + suffix(attentions.size()));
  }

  String rotation(Rotation rotation) {
    return rotations.computeIfAbsent(rotation, _ -> "ROTATION" + suffix(rotations.size()));
  }

  String recurrence(RecurrenceShape shape) {
    return recurrences.computeIfAbsent(
        shape,
        _ -> "%s%s".formatted(shape.name().toUpperCase(Locale.ROOT), suffix(recurrences.size())));
  }

  String choice(ChoiceShape choice) {
    return choices.computeIfAbsent(choice, _ -> "EXPERTS" + suffix(choices.size()));
  }

  /** A field that holds these numbers as a tensor. */
  String row(List<Double> values) {
    return rows.computeIfAbsent(values, _ -> "constantRow" + suffix(rows.size()));
  }

  void declare(TypeSpec.Builder type) {
    attentions.forEach((shape, name) -> constant(type, shape, name));
    rotations.forEach((rotation, name) -> constant(type, rotation, name));
    choices.forEach((choice, name) -> constant(type, choice, name));
    rows.forEach((values, name) ->
        type.addField(
            FieldSpec.builder(Tensor.class, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer(
                    "row($L)",
                    values.stream()
                        .map(v -> v.floatValue() + "f")
                        .collect(Collectors.joining(", ")))
                .build()));
    recurrences.forEach((shape, name) -> constant(type, (Record) shape, name));
  }

  private static void constant(TypeSpec.Builder type, Record shape, String name) {
    type.addField(
        FieldSpec.builder(shape.getClass(), name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer(RecordCode.of(shape))
            .build());
  }

  private static String suffix(int known) {
    return known == 0 ? "" : "_" + (known + 1);
  }
}
