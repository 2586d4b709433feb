package dev.swax.compiler.type;

import java.util.Locale;

/** What a body is for; all of them are written in one language. */
public enum PartKind {
  /** Moves information along time. */
  CELL,
  /** Works on each token by itself. */
  FFN,
  /** Scales what it is given. */
  NORM,
  /** Wires a layer: the stream in, the stream out. */
  BLOCK;

  /** As it is written. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
