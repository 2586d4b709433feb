/** What differs between runs: their settings, curves and results, as text, JSON, CSV and a page. */
@NullMarked
package dev.swax.cli.compare;

import org.jspecify.annotations.NullMarked;
