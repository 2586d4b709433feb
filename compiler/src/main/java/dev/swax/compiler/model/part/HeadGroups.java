package dev.swax.compiler.model.part;

/**
 * Groups of equally many heads.
 *
 * @param name of the parameter that counts them
 */
public record HeadGroups(String name, int count) {}
