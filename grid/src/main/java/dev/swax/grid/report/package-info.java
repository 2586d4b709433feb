/**
 * Shows what a grid came to: one page of HTML, Markdown, CSV, LaTeX, and figures as SVG. Takes
 * plain values of {@link dev.swax.grid.result}, runs nothing and looks nothing up; the same result
 * gives the same bytes.
 */
@NullMarked
package dev.swax.grid.report;

import org.jspecify.annotations.NullMarked;
