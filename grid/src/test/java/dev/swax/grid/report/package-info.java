/** Tests of reports on results made by hand. */
@NullMarked
package dev.swax.grid.report;

import org.jspecify.annotations.NullMarked;
