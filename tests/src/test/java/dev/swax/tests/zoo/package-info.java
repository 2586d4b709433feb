/** Published models, against their own code. */
@NullMarked
package dev.swax.tests.zoo;

import org.jspecify.annotations.NullMarked;
