/**
 * Fused row kernels, written once for every target: {@link dev.swax.compiler.codegen.row.RowWriter}
 * walks a kernel, {@link dev.swax.compiler.codegen.row.ColumnWriter} the body of a loop over its
 * columns. What differs between targets they ask of subclasses and of {@link
 * dev.swax.compiler.codegen.row.ColumnDialect}. Knows no target.
 */
@NullMarked
package dev.swax.compiler.codegen.row;

import org.jspecify.annotations.NullMarked;
