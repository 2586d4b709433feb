package dev.swax.compiler.diagnostic;

/** Errors stop the compiler after the stage that found them; warnings do not. */
public enum Severity {
  ERROR,
  WARNING
}
