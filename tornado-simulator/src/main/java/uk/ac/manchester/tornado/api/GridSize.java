package uk.ac.manchester.tornado.api;

/** Three sizes, and the coordinates of a number that counts with x fastest. */
record GridSize(int x, int y, int z) {

  static GridSize of(long[] sizes) {
    return new GridSize(
        Math.toIntExact(sizes[0]), Math.toIntExact(sizes[1]), Math.toIntExact(sizes[2]));
  }

  int count() {
    return Math.multiplyExact(Math.multiplyExact(x, y), z);
  }

  int x(int number) {
    return number % x;
  }

  int y(int number) {
    return number / x % y;
  }

  int z(int number) {
    return number / x / y;
  }

  @Override
  public String toString() {
    return "%d x %d x %d".formatted(x, y, z);
  }
}
