package dev.swax.grid.report;

/** What the labels of one line have in common. */
final class AxisKind {
  private AxisKind() {}

  /**
   * The label without the axis: {@code "recall n=512"} becomes {@code "recall"}, and {@code
   * "SWAX:128"} becomes {@code "SWAX"}.
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
    String kind = label.substring(0, at) + label.substring(at + value.length());
    String trimmed = kind.replaceAll("[\\s:=@,(\\[-]+$", "").strip();
    return trimmed.isEmpty() ? axis : trimmed;
  }
}
