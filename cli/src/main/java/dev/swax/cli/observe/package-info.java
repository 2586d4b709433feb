/**
 * What runs have told so far, read from their folders while others may write there. Nothing here
 * writes, and nothing here knows how it is shown.
 */
@NullMarked
package dev.swax.cli.observe;

import org.jspecify.annotations.NullMarked;
