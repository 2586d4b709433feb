/** xLSTM, as transformers has it. */
@NullMarked
package dev.swax.hub.xlstm;

import org.jspecify.annotations.NullMarked;
