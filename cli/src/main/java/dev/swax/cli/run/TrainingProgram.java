package dev.swax.cli.run;

import dev.swax.compiler.load.CompiledModel;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;

/** Makes the program that trains. */
@FunctionalInterface
interface TrainingProgram {
  /**
   * The program; one on a device has its kernels compiled, and is checked where that is wanted.
   *
   * @param code for the processor
   * @param parameters all zeros, before and after
   */
  Program create(CompiledModel code, Kernels kernels, Parameters parameters);
}
