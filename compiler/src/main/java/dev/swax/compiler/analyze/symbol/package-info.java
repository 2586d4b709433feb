/**
 * What every name of a file means and where it is declared, found without evaluating anything, so
 * also in a file with faults. Editors ask it for definitions, uses and what can be written at a
 * place.
 */
@NullMarked
package dev.swax.compiler.analyze.symbol;

import org.jspecify.annotations.NullMarked;
