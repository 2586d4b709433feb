/** How long an editor waits for the language server. */
@NullMarked
package dev.swax.benchmarks.editor;

import org.jspecify.annotations.NullMarked;
