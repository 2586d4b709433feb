/**
 * Draws the figures of a report as SVG. Takes plain values, knows nothing of files; the same figure
 * gives the same bytes on every machine, with or without fonts.
 */
@NullMarked
package dev.swax.grid.report.chart;

import org.jspecify.annotations.NullMarked;
