package dev.swax.cli.run;

import com.sun.management.OperatingSystemMXBean;
import dev.swax.cli.Console;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.facts.OptimizerMemory;
import dev.swax.compiler.facts.StateSize;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.program.KeyCache;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.train.Batches;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.Recompute;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses what does not fit into the machine, before anything is allocated. */
public final class Memory {
  private static final long MUCH = 512L << 20;
  private static final int MOST_TEXTS = 16;
  private static final double GIB = 0x1p30;

  private Memory() {}

  /** Bytes of this machine, or of the container that the process is in. */
  public static long machine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Refuses a training that is planned to hold more than there is. */
  static void requireForTraining(TrainPlan train, ModelPlan plan, int processes, long available) {
    long needed = ofTraining(train, plan, processes);
    if (needed <= available) {
      return;
    }
    throw new UserError(
        "training %s (%s) needs %s, but this machine has %s"
            .formatted(train.name(), train.span(), gibibytes(needed), gibibytes(available)),
        less(train, plan, processes, available));
  }

  /** What to type so that it fits. */
  private static String less(TrainPlan train, ModelPlan plan, int processes, long available) {
    Recipe recipe = train.recipe();
    int sequence = recipe.sequence();
    long one = ofTraining(train, plan.with(recipe.recompute()), 1, recipe.read(), processes);
    if (recipe.microBatch() > 1 && one <= available) {
      return "`micro_batch = %d tok%s` needs %s"
          .formatted(sequence, lanes(recipe, sequence), gibibytes(one));
    }
    long least = ofTraining(train, plan.with(Recompute.ALL), 1, recipe.read(), processes);
    if (recipe.recompute() != Recompute.ALL && least <= available) {
      return "`recompute = all micro_batch = seq%s` needs %s"
          .formatted(lanes(recipe, sequence), gibibytes(least));
    }
    return smaller(train, plan, processes, available);
  }

  /** What to write beside `micro_batch = seq`, so that a step has no more lanes than now. */
  private static String lanes(Recipe recipe, int sequence) {
    int lanes = Batches.lanes(recipe.batchTokens() / sequence);
    return lanes == recipe.lanes() ? "" : " lanes = %d".formatted(recipe.lanes());
  }

  /** What a process holds at its peak that trains. */
  private static long ofTraining(TrainPlan train, ModelPlan plan, int processes) {
    Recipe recipe = train.recipe();
    ModelPlan recomputed = plan.with(recipe.recompute());
    return ofTraining(train, recomputed, recipe.microBatch(), recipe.read(), processes);
  }

  private static long ofTraining(
      TrainPlan train, ModelPlan plan, int batch, int time, int processes) {
    return MemoryPlan.training(plan, batch, time)
            .shared(train.recipe().lanes(), processes)
            .process()
        + more(train, plan, processes);
  }

  /** The same of what a process holds that trains. */
  public static long ofTraining(TrainPlan train) {
    return ofTraining(train, Lowering.of(Plans.architecture(train)).plan(), 1);
  }

  /**
   * What a process holds at its peak that measures a model.
   *
   * @param windows by name
   * @param task that it is scored on; null where it reads text
   * @param longest tokens of what it is measured on
   */
  public static long ofMeasure(
      TrainPlan train, Map<String, Integer> windows, @Nullable Task task, long longest) {
    Architecture model = Plans.architecture(train);
    int segment =
        Plans.exampleSegment(model, Math.toIntExact(Math.min(longest, Integer.MAX_VALUE)));
    int context = Plans.context(model, Plans.windows(model, windows), longest);
    int texts = texts(task, model, context, segment);
    return training(Lowering.of(model).plan(), 1, segment)
        + keys(model, context, segment)
        + (texts - 1) * text(model, context, segment);
  }

  /** What the optimizer holds beyond AdamW. */
  private static long more(TrainPlan train, ModelPlan plan, int processes) {
    return train.recipe().optimizer().isPlain()
        ? 0
        : OptimizerMemory.beyondAdamW(
            train.recipe().optimizer(), plan.model().architecture(), processes);
  }

  private static String smaller(TrainPlan train, ModelPlan plan, int processes, long available) {
    Recipe recipe = train.recipe();
    for (int sequence = recipe.sequence() / 2; sequence >= 64; sequence /= 2) {
      long needed = ofTraining(train, plan.with(recipe.recompute()), 1, sequence, processes);
      if (needed <= available) {
        return "`seq = %d tok micro_batch = seq%s` needs %s"
            .formatted(sequence, lanes(recipe, sequence), gibibytes(needed));
      }
    }
    return "the weights alone need %s: a smaller `width` or fewer `blocks`"
        .formatted(gibibytes(MemoryPlan.training(plan, 1, 1).parameters()));
  }

  private static long training(ModelPlan plan, int batch, int time) {
    return MemoryPlan.training(plan, batch, time).process();
  }

  /** Says what the keys will hold where that is much; refuses what exceeds the machine. */
  static void tellKeys(Architecture model, int context, int segment, Console console) {
    requireForKeys(model, context, segment, machine());
    long bytes = keys(model, context, segment);
    if (bytes > MUCH) {
      console.message(
          String.format(
              Locale.ROOT,
              "keeping %,d keys of each attention layer takes %s",
              context,
              gibibytes(bytes)));
    }
  }

  /** How many texts a program that scores a task should evaluate side by side. */
  static int texts(@Nullable Task task, Architecture model, int context, int segment) {
    return task instanceof GenerationTask
        ? Math.clamp(MUCH / Math.max(1, text(model, context, segment)), 1, MOST_TEXTS)
        : 1;
  }

  /** What is kept of a text beside others. */
  private static long text(Architecture model, int context, int segment) {
    return keys(model, context, segment) + StateSize.bytes(model, 1);
  }

  private static long keys(Architecture model, int context, int segment) {
    long bytes = 0;
    for (Op.Attention attention : LowerModel.lower(model).attentions()) {
      AttentionShape shape = attention.shape();
      int keys = shape.keyHeads() * shape.headWidth();
      int values = shape.keyHeads() * shape.valueWidth();
      bytes += KeyCache.bytes(keys, values, model.options().meta(), context, segment);
    }
    return bytes;
  }

  /** Refuses an evaluation whose keys alone exceed the machine. */
  static void requireForKeys(Architecture model, int context, int segment, long available) {
    long bytes = MemoryPlan.PROCESS + keys(model, context, segment);
    if (bytes > available) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "keeping %,d keys of each attention layer needs %s, but this machine has %s",
              context,
              gibibytes(bytes),
              gibibytes(available)),
          "a shorter text, or a model whose attention has windows");
    }
  }

  /** {@code 23.51 GiB}. */
  public static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / GIB);
  }
}
