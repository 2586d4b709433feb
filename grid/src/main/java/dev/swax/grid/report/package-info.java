/**
 * Shows the result of a grid as one page of HTML, as Markdown, CSV and LaTeX, with figures as SVG.
 * It takes plain values of {@link dev.swax.grid.result}; it runs nothing and reads nothing else.
 * The same result gives the same bytes.
 */
@NullMarked
package dev.swax.grid.report;

import org.jspecify.annotations.NullMarked;
