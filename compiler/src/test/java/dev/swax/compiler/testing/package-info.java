/** What tests of the middle of the compiler share: small models, random ones, and their checks. */
@NullMarked
package dev.swax.compiler.testing;

import org.jspecify.annotations.NullMarked;
