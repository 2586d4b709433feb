package dev.swax.runtime.train;

import dev.swax.runtime.program.Program;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/**
 * All that a {@link Trainer} works with.
 *
 * @param training program of {@code recipe.microBatch()} sequences of {@code recipe.sequence()}
 *     tokens
 * @param evaluation program that shares its parameters, of any size; it may run elsewhere
 * @param stop asked after every step
 * @param out where progress is told
 * @param terminal whether {@code out} is a terminal
 * @param flopsPerToken of a training step, for metrics.jsonl
 */
public record TrainingJob(
    Recipe recipe,
    Program training,
    Program evaluation,
    TrainingData data,
    RunDirectory run,
    BooleanSupplier stop,
    PrintStream out,
    boolean terminal,
    double flopsPerToken) {}
