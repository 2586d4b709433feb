/** Tests of how figures are drawn. */
@NullMarked
package dev.swax.grid.report.chart;

import org.jspecify.annotations.NullMarked;
