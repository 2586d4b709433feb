package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.program.HeadBlocks;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** What a class has beside other classes whose head takes some rows of a step at a time. */
final class HeadEmitter {
  private HeadEmitter() {}

  static FieldSpec field() {
    return FieldSpec.builder(HeadBlocks.class, "head", Modifier.PRIVATE, Modifier.FINAL)
        .addJavadoc("The rows that the head takes at a time while training.")
        .build();
  }

  /** Makes the blocks, and the buffers whose size depends on theirs. */
  static CodeBlock allocate(ModelPlan plan) {
    int layers =
        Stream.concat(Stream.of(plan.embed()), plan.kinds().stream())
            .mapToInt(BlockPlan::scratchColumns)
            .max()
            .orElse(0);
    return CodeBlock.builder()
        .addStatement(
            "head = headBlocks($L, stream[LAYERS], gradient[LAYERS & 1], losses)", plan.headRows())
        .addStatement("logits = allocate((long) VOCABULARY * head.most())")
        .addStatement(
            "scratch = allocate(Math.max((long) $L * capacity, (long) $L * head.most()))",
            layers,
            plan.head().scratchColumns())
        .build();
  }

  /** The head of an evaluation, in {@code forward}. */
  static CodeBlock forward() {
    return CodeBlock.builder()
        .beginControlFlow("if (!training)")
        .addStatement("head.begin(rows, targets)")
        .beginControlFlow("while (head.next())")
        .addStatement("forwardHead()")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  /** Both passes of the head, block by block, in {@code backward}. */
  static CodeBlock backward() {
    return CodeBlock.builder()
        .addStatement("head.begin(rows, targets)")
        .beginControlFlow("while (head.next())")
        .addStatement("forwardHead()")
        .addStatement("backwardHead()")
        .endControlFlow()
        .build();
  }
}
