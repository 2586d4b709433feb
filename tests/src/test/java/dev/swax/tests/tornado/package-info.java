@NullMarked
package dev.swax.tests.tornado;

import org.jspecify.annotations.NullMarked;
