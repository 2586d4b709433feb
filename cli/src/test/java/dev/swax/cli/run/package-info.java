@NullMarked
package dev.swax.cli.run;

import org.jspecify.annotations.NullMarked;
