/** Editors as they are installed, and the grammars that they colour files by. */
@NullMarked
package dev.swax.tests.editor;

import org.jspecify.annotations.NullMarked;
