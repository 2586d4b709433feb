/**
 * Experts: which of them a token goes to, and work on the rows that are sorted by expert. Whole
 * numbers (experts, places of rows) are kept as fp32, exact below 2^24.
 */
@NullMarked
package dev.swax.runtime.kernel.expert;

import org.jspecify.annotations.NullMarked;
