package dev.swax.runtime.data;

/** Training and validation text, from different files. */
public record Split(Corpus training, Corpus validation) {}
