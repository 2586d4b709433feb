package dev.swax.runtime.kernel;

import dev.swax.runtime.kernel.attention.AttentionCall;
import dev.swax.runtime.kernel.attention.AttentionGradientCall;
import dev.swax.runtime.kernel.attention.ScalarAttention;
import dev.swax.runtime.kernel.expert.ExpertKernels;
import dev.swax.runtime.kernel.expert.ScalarExperts;
import dev.swax.runtime.kernel.group.ScalarGroups;
import dev.swax.runtime.kernel.matmul.ScalarMatmul;
import dev.swax.runtime.kernel.optimizer.AdamWStep;
import dev.swax.runtime.kernel.optimizer.MuonStep;
import dev.swax.runtime.kernel.optimizer.ScalarOptimizer;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.recurrence.Recurrences;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.rope.ScalarRope;
import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.token.ScalarTokens;
import dev.swax.runtime.tensor.Tensor;

/**
 * The meaning of every kernel: plain loops with sums in double, one after the other. Only {@link
 * #rows} uses the threads.
 */
public final class ScalarKernels implements Kernels {
  private final Team team;
  private final RowPartition rowPartition;
  private final ScalarMatmul matmul = new ScalarMatmul();
  private final ScalarGroups groupKernels = new ScalarGroups();
  private final ScalarExperts experts = new ScalarExperts();
  private final ScalarTokens tokenKernels = new ScalarTokens();
  private final ScalarRope rope = new ScalarRope();
  private final ScalarAttention attention = new ScalarAttention();
  private final Recurrences recurrences = new Recurrences(RecurrenceShape::scalarKernel);
  private final ScalarOptimizer optimizer = new ScalarOptimizer();

  /** Kernels on one thread. */
  public ScalarKernels() {
    this(1);
  }

  /** Kernels whose {@link #rows} uses so many threads. */
  public ScalarKernels(int threads) {
    team = new Team(threads);
    rowPartition = new RowPartition(team);
  }

  @Override
  public void rows(int rows, RowTask task) {
    rowPartition.run(rows, task);
  }

  @Override
  public int rowParts(int rows) {
    return RowPartition.parts(rows);
  }

  @Override
  public int mostRowParts(int rows) {
    return RowPartition.mostParts(rows);
  }

  @Override
  public void addParts(Tensor partial, int parts, int columns, Tensor out) {
    optimizer.addParts(partial, parts, columns, out);
  }

  @Override
  public void matmul(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    matmul.matmul(a, b, c, m, k, n, accumulate);
  }

  @Override
  public void matmulTransposedRight(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    matmul.matmulTransposedRight(a, b, c, m, k, n, accumulate);
  }

  @Override
  public void matmulTransposedLeft(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    matmul.matmulTransposedLeft(a, b, c, m, k, n, accumulate);
  }

  @Override
  public void blockMatmul(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    matmul.blocks(a, b, c, m, k, n, blocks);
  }

  @Override
  public void blockMatmulTransposedRight(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    matmul.blocksTransposedRight(a, b, c, m, k, n, blocks);
  }

  @Override
  public void blockMatmulTransposedLeft(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    matmul.blocksTransposedLeft(a, b, c, m, k, n, blocks);
  }

  @Override
  public void repeat(Tensor x, Tensor y, int rows, int groups, int times, int width) {
    groupKernels.repeat(x, y, rows, groups, times, width);
  }

  @Override
  public void sumRepeats(Tensor x, Tensor y, int rows, int groups, int times, int width) {
    groupKernels.sumRepeats(x, y, rows, groups, times, width);
  }

  @Override
  public void copyColumns(
      Tensor x,
      Tensor y,
      int rows,
      int groups,
      int xWidth,
      int xFrom,
      int yWidth,
      int yFrom,
      int columns) {
    groupKernels.copyColumns(x, y, rows, groups, xWidth, xFrom, yWidth, yFrom, columns);
  }

  @Override
  public void softmax(Tensor x, Tensor y, int rows, int groups, int width) {
    groupKernels.softmax(x, y, rows, groups, width);
  }

  @Override
  public ExpertKernels experts() {
    return experts;
  }

  @Override
  public void embedding(int[] tokens, Tensor table, Tensor out, int rows, int columns) {
    tokenKernels.embedding(tokens, table, out, rows, columns);
  }

  @Override
  public void embeddingGradient(
      int[] tokens, Tensor dy, Tensor dTable, int rows, int vocab, int columns) {
    tokenKernels.embeddingGradient(tokens, dy, dTable, rows, columns);
  }

  @Override
  public void crossEntropy(
      Tensor logits, int[] targets, Tensor losses, Tensor logSumExp, int rows, int vocab) {
    tokenKernels.crossEntropy(logits, targets, losses, logSumExp, rows, vocab);
  }

  @Override
  public void crossEntropyGradient(
      Tensor logits,
      int[] targets,
      Tensor logSumExp,
      Tensor dLogits,
      float scale,
      float zLoss,
      int rows,
      int vocab) {
    tokenKernels.crossEntropyGradient(
        logits, targets, logSumExp, dLogits, scale, zLoss, rows, vocab);
  }

  @Override
  public void rope(
      Tensor x,
      Tensor y,
      int batch,
      int time,
      int heads,
      Rotation rotation,
      long firstPosition,
      boolean inverse) {
    rope.rope(x, y, batch, time, heads, rotation, firstPosition, inverse);
  }

  @Override
  public void attention(AttentionCall call) {
    attention.forward(call);
  }

  @Override
  public void attentionGradient(AttentionGradientCall call) {
    attention.gradient(call);
  }

  @Override
  public void recurrence(RecurrenceCall call) {
    recurrences.of(call.shape()).forward(call);
  }

  @Override
  public void recurrenceByToken(RecurrenceCall call) {
    recurrences.of(call.shape()).byToken(call);
  }

  @Override
  public void recurrenceGradient(RecurrenceGradientCall call) {
    recurrences.of(call.forward().shape()).gradient(call);
  }

  @Override
  public double sumOfSquares(Tensor x) {
    return optimizer.sumOfSquares(x);
  }

  @Override
  public void adamw(Tensor weight, Tensor gradient, Tensor first, Tensor second, AdamWStep step) {
    optimizer.adamw(weight, gradient, first, second, step);
  }

  @Override
  public void muon(
      Tensor weight,
      Tensor gradient,
      Tensor momentum,
      int matrices,
      int rows,
      int columns,
      MuonStep step) {
    optimizer.muon(weight, gradient, momentum, matrices, rows, columns, step);
  }

  @Override
  public long workspaceBytes() {
    return attention.workspaceBytes() + recurrences.workspaceBytes();
  }

  @Override
  public void close() {
    team.close();
  }
}
