/** What no single module can test. */
@NullMarked
package dev.swax.tests;

import org.jspecify.annotations.NullMarked;
