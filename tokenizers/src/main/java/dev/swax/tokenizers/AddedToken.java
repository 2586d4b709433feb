package dev.swax.tokenizers;

/**
 * A token that is found in text before all else, if it is not special.
 *
 * @param special whether it is no text, but a border or a sign
 */
record AddedToken(int id, String content, boolean special) {}
