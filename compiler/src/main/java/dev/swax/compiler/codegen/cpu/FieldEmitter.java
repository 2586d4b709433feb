package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.Place;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.Step;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.program.KeyCache;
import dev.swax.runtime.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Declares the tensors of a block and prints the method that makes them. Kinds of layers have
 * arrays with one element a layer; without training the elements are one shared tensor.
 */
final class FieldEmitter {
  private final BlockPlan plan;
  private final Context context;

  /** When the program is made, once. */
  private final CodeBlock.Builder once = CodeBlock.builder();

  /** When the program is made, for each layer of this kind. */
  private final CodeBlock.Builder each = CodeBlock.builder();

  FieldEmitter(BlockPlan plan, Context context) {
    this.plan = plan;
    this.context = context;
  }

  void declare(TypeSpec.Builder type) {
    for (BlockParameter parameter : plan.block().parameters()) {
      weight(type, parameter);
    }
    for (Place.Saved saved : saved()) {
      saved(type, saved);
    }
    for (Place.Scratch scratch : scratch()) {
      field(type, context.scratchField(scratch.name()), false, Tensor.class);
      once.addStatement(
          "$L = scratch.slice((long) $L * $L, (long) $L * $L)",
          context.scratchField(scratch.name()),
          scratch.offset(),
          context.capacity(),
          scratch.columns(),
          context.capacity());
    }
    for (Node node : BlockEmitter.nodes(plan.forward(), Op.Attention.class)) {
      cache(type, node, ((Op.Attention) node.op()));
    }
    for (Node node : BlockEmitter.nodes(plan.forward(), Op.Recurrence.class)) {
      states(type, node, ((Op.Recurrence) node.op()).shape());
    }
    for (GraphPlan graph : List.of(plan.forward(), plan.backward())) {
      for (Step step : graph.steps()) {
        if (step instanceof Step.Fused(RowKernel kernel)) {
          task(type, kernel.name());
        }
      }
    }
  }

  /**
   * Emits, once {@link #declare} has run:
   *
   * <pre>{@code
   * private void allocateLocal() {
   *   localQWeight = new Tensor[LAYERS];
   *   localVScratch = scratch.slice(…);
   *   for (int layer : LOCAL_LAYERS) {
   *     localQWeight[layer] = parameters.get("layers." + layer + ".local.q").value();
   *   }
   * }
   * }</pre>
   */
  MethodSpec allocate() {
    var code = CodeBlock.builder().add(once.build());
    if (context.kind()) {
      code.beginControlFlow("for (int layer : $L)", context.layersField());
      code.add(each.build());
      code.endControlFlow();
    }
    return MethodSpec.methodBuilder(context.method("allocate"))
        .addModifiers(Modifier.PRIVATE)
        .addCode(code.build())
        .build();
  }

  private void weight(TypeSpec.Builder type, BlockParameter parameter) {
    String value = context.weightField(parameter.name());
    String gradient = context.gradientField(parameter.name());
    field(type, value, context.kind(), Tensor.class);
    field(type, gradient, context.kind(), Tensor.class);
    if (context.kind()) {
      CodeBlock full =
          parameter.shared() == null
              ? CodeBlock.of("$S + layer + $S", "layers.", "." + parameter.name())
              : CodeBlock.of("$S", parameter.fullName(""));
      each.addStatement("$L[layer] = parameters.get($L).value()", value, full);
      each.addStatement("$L[layer] = parameters.get($L).gradient()", gradient, full);
    } else {
      String full = parameter.fullName("");
      once.addStatement("$L = parameters.get($S).value()", value, full);
      once.addStatement("$L = parameters.get($S).gradient()", gradient, full);
    }
  }

  private void saved(TypeSpec.Builder type, Place.Saved saved) {
    String name = context.savedField(saved.name());
    field(type, name, context.kind(), Tensor.class);
    if (context.kind()) {
      once.addStatement("$T $LShared = shared($L)", Tensor.class, name, saved.columns());
      each.addStatement("$L[layer] = kept($LShared, $L)", name, name, saved.columns());
    } else {
      once.addStatement(
          context.inBlocks() ? "$L = allocate((long) $L * head.most())" : "$L = keep($L)",
          name,
          saved.columns());
    }
  }

  private void cache(TypeSpec.Builder type, Node node, Op.Attention op) {
    String name = context.cacheField(node);
    field(type, name, true, KeyCache.class);
    int keys = op.shape().keyHeads() * op.shape().headWidth();
    int values = op.shape().keyHeads() * op.shape().valueWidth();
    Place k = plan.forward().place(node.operand(1));
    Place v = plan.forward().place(node.operand(2));
    if (isBetweenLayers(k) && isBetweenLayers(v)) {
      each.addStatement(
          "$L[layer] = keyCache($L, $L, $L, $L)",
          name,
          context.tensor(k),
          context.tensor(v),
          keys,
          values);
    } else {
      each.addStatement(
          "$L[layer] = keyCache($L)", name, keys == values ? keys : keys + ", " + values);
    }
  }

  private static boolean isBetweenLayers(Place place) {
    return place instanceof Place.Export || place instanceof Place.Read;
  }

  private void task(TypeSpec.Builder type, String kernel) {
    field(type, context.task(kernel), false, RowTask.class);
    once.addStatement("$L = this::$L", context.task(kernel), context.kernelMethod(kernel));
  }

  private void states(TypeSpec.Builder type, Node node, RecurrenceShape shape) {
    for (String name : shape.states()) {
      String state = context.stateField(node, name);
      field(type, state, true, Tensor.class);
      once.addStatement("$T $LShared = state($L)", Tensor.class, state, shape.columns(name));
      each.addStatement("$L[layer] = stateOf($LShared)", state, state);
    }
  }

  private void field(TypeSpec.Builder type, String name, boolean array, Class<?> of) {
    TypeName element = TypeName.get(of);
    type.addField(array ? ArrayTypeName.of(element) : element, name, Modifier.PRIVATE);
    if (array) {
      once.addStatement("$L = new $T[LAYERS]", name, of);
    }
  }

  private Set<Place.Saved> saved() {
    Set<Place.Saved> found = new LinkedHashSet<>();
    for (GraphPlan graph : List.of(plan.forward(), plan.backward())) {
      graph.places().values().stream()
          .filter(p -> p instanceof Place.Saved)
          .forEach(p -> found.add((Place.Saved) p));
    }
    return found;
  }

  private Set<Place.Scratch> scratch() {
    Set<Place.Scratch> found = new LinkedHashSet<>();
    for (GraphPlan graph : List.of(plan.forward(), plan.backward())) {
      graph.places().values().stream()
          .filter(p -> p instanceof Place.Scratch)
          .forEach(p -> found.add((Place.Scratch) p));
    }
    return found;
  }
}
