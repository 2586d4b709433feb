/** What the command line sets, and whether anything reads it. */
@NullMarked
package dev.swax.compiler.analyze.setting;

import org.jspecify.annotations.NullMarked;
