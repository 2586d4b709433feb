/**
 * What a file means: architectures with every size resolved. The analyzer makes it, lowering and
 * facts read it.
 */
@NullMarked
package dev.swax.compiler.model;

import org.jspecify.annotations.NullMarked;
