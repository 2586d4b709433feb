/**
 * Prints a planned model as a Java class for the CPU. Decides nothing: what runs, in which order
 * and where values live comes from the plan.
 */
@NullMarked
package dev.swax.compiler.codegen.cpu;

import org.jspecify.annotations.NullMarked;
