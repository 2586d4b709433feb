package dev.swax.runtime.checkpoint;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
record TensorEntry(String name, int rows, int columns, long begin, long end) {
  String shape() {
    return "[" + rows + ", " + columns + "]";
  }
}
