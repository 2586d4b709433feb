package dev.swax.runtime.train;

import dev.swax.runtime.program.Program;
import dev.swax.runtime.tensor.Tensor;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * All that a {@link Trainer} works with.
 *
 * @param training program of {@code recipe.microBatch()} sequences of {@code recipe.sequence()}
 *     tokens
 * @param evaluation program that shares its parameters, of any size
 * @param sumOfSquares in double and in a fixed order; the kernels have one
 * @param stop asked after every step
 * @param out where progress is told
 * @param terminal whether {@code out} is a terminal
 */
public record TrainingJob(
    Recipe recipe,
    Program training,
    Program evaluation,
    ToDoubleFunction<Tensor> sumOfSquares,
    TrainingData data,
    RunDirectory run,
    BooleanSupplier stop,
    PrintStream out,
    boolean terminal) {}
