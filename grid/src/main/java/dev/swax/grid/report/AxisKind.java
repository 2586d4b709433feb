package dev.swax.grid.report;

/** What the labels of one line have in common. */
final class AxisKind {
  private AxisKind() {}

  /**
   * The label without the value: {@code "recall n=512"} becomes {@code "recall"}, {@code
   * "SWAX:128"} becomes {@code "SWAX"}, and {@code "recall at 512 tokens"} becomes {@code "recall
   * at n tokens"}.
   */
  static String of(String label, String axis, String value) {
    String named = " " + axis + "=" + value;
    if (label.contains(named)) {
      return label.replace(named, "");
    }
    int at = label.lastIndexOf(value);
    if (at < 0) {
      return label;
    }
    String rest = label.substring(at + value.length());
    if (at > 0 && !rest.isBlank()) {
      return label.substring(0, at) + axis + rest;
    }
    String kind = label.substring(0, at) + rest;
    String trimmed = kind.replaceAll("[\\s:=@,(\\[-]+$", "").strip();
    return trimmed.isEmpty() ? axis : trimmed;
  }
}
