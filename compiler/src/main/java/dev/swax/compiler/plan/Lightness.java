package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Op;

/** Tells ops that are fused into row kernels from those that have a kernel of their own. */
final class Lightness {
  private Lightness() {}

  /** Values that exist before anything runs. */
  static boolean isLeaf(Op op) {
    return switch (op) {
      case Op.Input _, Op.Parameter _, Op.Constant _, Op.ConstantRow _ -> true;
      case Op.Part _,
          Op.Unary _,
          Op.Binary _,
          Op.SpreadRow _,
          Op.SpreadGroups _,
          Op.SumGroups _,
          Op.SumRows _,
          Op.MatMul _,
          Op.MatMulAdd _,
          Op.Embedding _,
          Op.EmbeddingGradient _,
          Op.Rope _,
          Op.Attention _,
          Op.AttentionGradient _,
          Op.Recurrence _,
          Op.RecurrenceGradient _,
          Op.CrossEntropy _,
          Op.CrossEntropyGradient _ ->
          false;
    };
  }

  /** Elementwise work and sums within or over rows. */
  static boolean isLight(Op op) {
    return switch (op) {
      case Op.Unary _,
          Op.Binary _,
          Op.SpreadRow _,
          Op.SpreadGroups _,
          Op.SumGroups _,
          Op.SumRows _ ->
          true;
      case Op.Input _,
          Op.Parameter _,
          Op.Constant _,
          Op.ConstantRow _,
          Op.Part _,
          Op.MatMul _,
          Op.MatMulAdd _,
          Op.Embedding _,
          Op.EmbeddingGradient _,
          Op.Rope _,
          Op.Attention _,
          Op.AttentionGradient _,
          Op.Recurrence _,
          Op.RecurrenceGradient _,
          Op.CrossEntropy _,
          Op.CrossEntropyGradient _ ->
          false;
    };
  }

  /** Spreads are read where they are used; they are never written to memory by themselves. */
  static boolean isSpread(Op op) {
    return op instanceof Op.SpreadRow || op instanceof Op.SpreadGroups;
  }

  static boolean isHeavy(Op op) {
    return !isLeaf(op) && !isLight(op) && !(op instanceof Op.Part);
  }
}
