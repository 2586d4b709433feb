package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.codegen.MemberNames;
import dev.swax.compiler.codegen.SourceText;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.Source;
import dev.swax.runtime.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * What layers let later layers read: a tensor and a gradient for each layer that does, and for each
 * layer that reads the number of the one it reads from.
 *
 * <pre>{@code
 * private static final int[] CROSS_K_FROM = {-1, 0, 0, -1, 3};
 * private Tensor[] exportK;
 * private Tensor[] exportKGradient;
 * }</pre>
 */
final class Wires {
  private final LoweredModel model;
  private final MemberNames members;

  Wires(LoweredModel model, MemberNames members) {
    this.model = model;
    this.members = members;
  }

  /** What a layer lets others read. */
  String export(String name) {
    return members.export(name, "") + "[layer]";
  }

  /** The gradient of what a block lets others read. */
  String exportGradient(String name, boolean embedding) {
    return embedding ? embeddingGradient() : members.export(name, "Gradient") + "[layer]";
  }

  /** What a layer of a block reads. */
  String read(String block, String name) {
    return switch (source(block, name)) {
      case Source.Embedding _ -> "stream[0]";
      case Source.Export(_, String export) -> from(members.export(export, ""), block, name);
    };
  }

  /** The gradient of that. */
  String readGradient(String block, String name) {
    return switch (source(block, name)) {
      case Source.Embedding _ -> embeddingGradient();
      case Source.Export(_, String export) -> from(members.export(export, "Gradient"), block, name);
    };
  }

  private String from(String field, String block, String name) {
    return "%s[%s[layer]]".formatted(field, members.sources(block, name));
  }

  private String embeddingGradient() {
    return members.export(LoweredModel.EMBEDDING, "Gradient");
  }

  /** The first layer of a kind tells what all of them read. */
  private Source source(String block, String name) {
    int layer =
        IntStream.range(0, model.order().size())
            .filter(i -> model.layer(i).name().equals(block))
            .findFirst()
            .orElseThrow();
    return model.source(layer, name);
  }

  /** Fields for all of it. */
  void declare(TypeSpec.Builder type) {
    TypeName tensors = ArrayTypeName.of(Tensor.class);
    for (String name : exports()) {
      type.addField(
          FieldSpec.builder(tensors, members.export(name, ""), Modifier.PRIVATE)
              .addJavadoc("$L of each layer that lets later layers read it.", SourceText.of(name))
              .build());
      type.addField(tensors, members.export(name, "Gradient"), Modifier.PRIVATE);
    }
    if (model.readsEmbedding()) {
      type.addField(
          FieldSpec.builder(Tensor.class, embeddingGradient(), Modifier.PRIVATE)
              .addJavadoc("The gradient of the embedding from the layers that read it.")
              .build());
    }
    for (Block kind : model.kinds()) {
      kind.reads().keySet().stream()
          .filter(name -> source(kind.name(), name) instanceof Source.Export)
          .forEach(name -> type.addField(sources(kind, name)));
    }
  }

  private FieldSpec sources(Block kind, String name) {
    String layers =
        IntStream.range(0, model.order().size())
            .mapToObj(layer ->
                model.layer(layer).name().equals(kind.name())
                        && model.source(layer, name) instanceof Source.Export(int from, _)
                    ? Integer.toString(from)
                    : "-1")
            .collect(Collectors.joining(", "));
    return FieldSpec.builder(
            int[].class,
            members.sources(kind.name(), name),
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .addJavadoc("The layer that each layer of $L reads.", SourceText.of(kind.name()))
        .initializer("{$L}", layers)
        .build();
  }

  /** The method that makes the tensors, which must run before those of the blocks. */
  MethodSpec allocate() {
    var code = CodeBlock.builder();
    for (String name : exports()) {
      code.addStatement("$L = new $T[LAYERS]", members.export(name, ""), Tensor.class);
      code.addStatement("$L = new $T[LAYERS]", members.export(name, "Gradient"), Tensor.class);
    }
    for (Block kind : model.kinds()) {
      if (!kind.exports().isEmpty()) {
        code.beginControlFlow("for (int layer : $L)", members.layers(kind.name()));
        kind.exports()
            .forEach((name, columns) -> {
              code.addStatement("$L[layer] = keep($L)", members.export(name, ""), columns);
              code.addStatement(
                  "$L[layer] = readGradient($L)", members.export(name, "Gradient"), columns);
            });
        code.endControlFlow();
      }
    }
    if (model.readsEmbedding()) {
      code.addStatement("$L = readGradient(WIDTH)", embeddingGradient());
    }
    return MethodSpec.methodBuilder(members.kernel("allocate_exports"))
        .addModifiers(Modifier.PRIVATE)
        .addCode(code.build())
        .build();
  }

  private Set<String> exports() {
    Set<String> names = new LinkedHashSet<>();
    model.kinds().forEach(kind -> names.addAll(kind.exports().keySet()));
    return names;
  }
}
