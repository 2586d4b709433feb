package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import dev.swax.compiler.codegen.MemberNames;
import dev.swax.compiler.plan.ModelPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Forward and backward over the layers. A pattern that repeats becomes one loop over its tiles, any
 * other a loop for each run of equal layers.
 */
final class LayerLoops {
  private final ModelPlan plan;
  private final MemberNames members;
  private final List<Integer> order;

  LayerLoops(ModelPlan plan, MemberNames members) {
    this.plan = plan;
    this.members = members;
    this.order = plan.model().order();
  }

  MethodSpec forward() {
    var code = CodeBlock.builder();
    code.addStatement("forwardEmbed()");
    for (Run run : runs()) {
      code.beginControlFlow(
          "for (int layer = $L; layer < $L; layer += $L)", run.from, run.to, run.tile.size());
      for (int i = 0; i < run.tile.size(); i++) {
        code.addStatement("$L($L)", method("forward", run.tile.get(i)), offset(i));
      }
      code.endControlFlow();
    }
    if (plan.hasHeadBlocks()) {
      code.add(HeadEmitter.forward());
    } else {
      code.addStatement("forwardHead()");
    }
    return method("forward", code.build());
  }

  MethodSpec backward() {
    var code = CodeBlock.builder();
    if (plan.hasHeadBlocks()) {
      code.add(HeadEmitter.backward());
    } else {
      code.addStatement("backwardHead()");
    }
    for (Run run : runs().reversed()) {
      int step = run.tile.size();
      code.beginControlFlow(
          "for (int layer = $L; layer >= $L; layer -= $L)", run.to - step, run.from, step);
      for (int i = step - 1; i >= 0; i--) {
        code.addStatement("$L($L)", method("backward", run.tile.get(i)), offset(i));
      }
      code.endControlFlow();
    }
    code.addStatement("backwardEmbed()");
    return method("backward", code.build());
  }

  /** The layers of a kind, as a constant of the generated class. */
  FieldSpec layers(int kind) {
    String layers =
        IntStream.range(0, order.size())
            .filter(i -> order.get(i) == kind)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return FieldSpec.builder(
            int[].class, layersField(kind), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("{$L}", layers)
        .build();
  }

  String layersField(int kind) {
    return members.layers(plan.kinds().get(kind).block().name());
  }

  /** Layers {@code from .. to}: {@code tile} again and again. */
  private record Run(int from, int to, List<Integer> tile) {}

  private List<Run> runs() {
    int layers = order.size();
    for (int tile = 1; tile <= layers / 2; tile++) {
      if (layers % tile == 0 && repeats(tile)) {
        return List.of(new Run(0, layers, order.subList(0, tile)));
      }
    }
    var runs = new ArrayList<Run>();
    int from = 0;
    while (from < layers) {
      int to = from + 1;
      while (to < layers && order.get(to).equals(order.get(from))) {
        to++;
      }
      runs.add(new Run(from, to, order.subList(from, from + 1)));
      from = to;
    }
    return runs;
  }

  private boolean repeats(int tile) {
    return IntStream.range(tile, order.size())
        .allMatch(i -> order.get(i).equals(order.get(i - tile)));
  }

  private String method(String direction, int kind) {
    return members.method(direction, plan.kinds().get(kind).block().name());
  }

  private static MethodSpec method(String name, CodeBlock code) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .addCode(code)
        .build();
  }

  private static String offset(int i) {
    return i == 0 ? "layer" : "layer + " + i;
  }
}
