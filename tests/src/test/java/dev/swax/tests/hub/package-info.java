/** Published models, against what transformers has of them. */
@NullMarked
package dev.swax.tests.hub;

import org.jspecify.annotations.NullMarked;
