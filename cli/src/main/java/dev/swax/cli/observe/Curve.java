package dev.swax.cli.observe;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The values of one quantity in the order of steps, in bounded memory: at most {@value #MOST}
 * buckets, each with the least, the greatest and the mean of the values in it. When all are full,
 * neighbours are joined. A gap is a bucket of its own, and what lies on its two sides is never
 * joined.
 */
public final class Curve {
  /** Half as many are more than the pixels of a chart. */
  public static final int MOST = 2048;

  private static final int FIRST = 16;

  private int size;
  private int width = 1;
  private double[] steps = new double[FIRST];
  private double[] tokens = new double[FIRST];
  private double[] seconds = new double[FIRST];
  private float[] least = new float[FIRST];
  private float[] greatest = new float[FIRST];
  private float[] mean = new float[FIRST];
  private int[] counts = new int[FIRST];

  /**
   * Where a value stands: the step, the tokens trained on by then, and the seconds since the run
   * began.
   */
  public record Place(double step, double tokens, double seconds) {}

  /** Adds a value behind all others. */
  public void add(Place place, double value) {
    if (Double.isNaN(value)) {
      gap();
      return;
    }
    if (size > 0 && counts[size - 1] > 0 && counts[size - 1] < width) {
      include(size - 1, (float) value);
    } else {
      open(1);
      least[size - 1] = (float) value;
      greatest[size - 1] = (float) value;
      mean[size - 1] = (float) value;
    }
    steps[size - 1] = place.step();
    tokens[size - 1] = place.tokens();
    seconds[size - 1] = place.seconds();
  }

  /** Something is not known here, so that no line may be drawn over it. */
  public void gap() {
    if (size > 0 && counts[size - 1] > 0) {
      double step = steps[size - 1];
      double token = tokens[size - 1];
      double second = seconds[size - 1];
      open(0);
      steps[size - 1] = step;
      tokens[size - 1] = token;
      seconds[size - 1] = second;
      least[size - 1] = Float.NaN;
      greatest[size - 1] = Float.NaN;
      mean[size - 1] = Float.NaN;
    }
  }

  private void open(int count) {
    if (size == MOST) {
      condense();
    }
    if (size == steps.length) {
      grow(Math.min(MOST, size * 2));
    }
    counts[size++] = count;
  }

  private void include(int at, float value) {
    least[at] = Math.min(least[at], value);
    greatest[at] = Math.max(greatest[at], value);
    counts[at]++;
    mean[at] += (value - mean[at]) / counts[at];
  }

  /** Makes room: of the gaps only the latest stay, then each bucket takes twice as many values. */
  private void condense() {
    join();
    if (size > MOST * 3 / 4) {
      width *= 2;
      join();
    }
  }

  private void join() {
    long gaps = IntStream.range(0, size).filter(at -> counts[at] == 0).count();
    long closed = Math.max(0, gaps - MOST / 4);
    int kept = 0;
    for (int at = 0; at < size; at++) {
      if (counts[at] == 0 && closed > 0) {
        closed--;
      } else if (fit(kept - 1, at)) {
        merge(kept - 1, at);
      } else {
        copy(kept++, at);
      }
    }
    size = kept;
  }

  private boolean fit(int one, int other) {
    return one >= 0 && counts[one] > 0 && counts[other] > 0 && counts[one] + counts[other] <= width;
  }

  private void merge(int into, int from) {
    int count = counts[into] + counts[from];
    mean[into] += (mean[from] - mean[into]) * counts[from] / count;
    least[into] = Math.min(least[into], least[from]);
    greatest[into] = Math.max(greatest[into], greatest[from]);
    counts[into] = count;
    steps[into] = steps[from];
    tokens[into] = tokens[from];
    seconds[into] = seconds[from];
  }

  private void copy(int to, int from) {
    steps[to] = steps[from];
    tokens[to] = tokens[from];
    seconds[to] = seconds[from];
    least[to] = least[from];
    greatest[to] = greatest[from];
    mean[to] = mean[from];
    counts[to] = counts[from];
  }

  private void grow(int length) {
    steps = Arrays.copyOf(steps, length);
    tokens = Arrays.copyOf(tokens, length);
    seconds = Arrays.copyOf(seconds, length);
    least = Arrays.copyOf(least, length);
    greatest = Arrays.copyOf(greatest, length);
    mean = Arrays.copyOf(mean, length);
    counts = Arrays.copyOf(counts, length);
  }

  /** Whether a bucket may have several values. */
  public boolean isJoined() {
    return width > 1;
  }

  /** The number of buckets. */
  public int size() {
    return size;
  }

  /** Where the last value of a bucket stands. */
  public Place place(int bucket) {
    return new Place(steps[bucket], tokens[bucket], seconds[bucket]);
  }

  /** The least value of a bucket; NaN: a gap. */
  public double least(int bucket) {
    return least[bucket];
  }

  /** The greatest value of a bucket; NaN: a gap. */
  public double greatest(int bucket) {
    return greatest[bucket];
  }

  /** The mean of a bucket; NaN: a gap. */
  public double mean(int bucket) {
    return mean[bucket];
  }

  /** The number of values in a bucket; 0: a gap. */
  public int count(int bucket) {
    return counts[bucket];
  }

  /** The greatest of all values; NaN where there is none. */
  public double greatest() {
    return IntStream.range(0, size)
        .mapToDouble(this::greatest)
        .filter(Double::isFinite)
        .max()
        .orElse(Double.NaN);
  }
}
