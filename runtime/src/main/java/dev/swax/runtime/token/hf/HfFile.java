package dev.swax.runtime.token.hf;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A tokenizer that is read from a file.
 *
 * @param file {@code tokenizer.json}; {@code tokenizer_config.json} may stand beside it
 * @param begin the token that stands before every document; none where it is empty text; the file's
 *     own where it is not given
 * @param end the same of the token after every document
 * @param special whether text that looks like a special token is one
 */
public record HfFile(Path file, Optional<String> begin, Optional<String> end, boolean special) {}
