/** What the documents show is so: commands and files are run, links lead somewhere. */
@NullMarked
package dev.swax.tests.document;

import org.jspecify.annotations.NullMarked;
