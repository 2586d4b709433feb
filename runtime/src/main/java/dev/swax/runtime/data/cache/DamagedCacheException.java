package dev.swax.runtime.data.cache;

import dev.swax.runtime.UserError;

/** A file of a cache is not as it was written. */
public final class DamagedCacheException extends UserError {
  private static final long serialVersionUID = 1;

  DamagedCacheException(String what) {
    super(
        "the cache of tokens is damaged: " + what,
        "`swax data FILE --clean` removes it; the next use of the data builds it again");
  }
}
