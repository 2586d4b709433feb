package dev.swax.grid.plan;

/** What stands behind a data block. */
sealed interface Content {

  /**
   * Its text was read.
   *
   * @param training hash of the training text
   * @param validation hash of the validation text
   * @param longest tokens of the longest document of the validation text
   */
  record Read(String training, String validation, long validationTokens, int longest)
      implements Content {}

  /** It is not here. */
  record Absent(String reason) implements Content {}
}
