package dev.swax.runtime.data;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * Which documents of a few thousand share a sequence. Of a document that is longer than a sequence,
 * whole sequences are cut off first. What is left of each goes, the longest first, to the sequence
 * with the least room that it fits into, or to a new one (best fit decreasing).
 */
public final class PackedBlock {
  private static final long LOW = 0xFFFF_FFFFL;

  private final int time;
  private final long[] fulls;
  private final int[] rests;
  private final int[] starts;
  private final int[] members;

  /** {@code lengths}: tokens of each document. */
  public PackedBlock(int[] lengths, int time) {
    this.time = time;
    this.fulls = new long[lengths.length + 1];
    this.rests = new int[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      fulls[i + 1] = fulls[i] + lengths[i] / time;
      rests[i] = lengths[i] % time == 1 ? 0 : lengths[i] % time; // one token predicts nothing
    }
    int[] sequence = new int[lengths.length];
    this.starts = new int[pack(sequence) + 1];
    this.members = members(sequence);
  }

  /** Gives each rest a sequence; returns how many there are. */
  private int pack(int[] sequence) {
    long[] longestFirst = new long[rests.length];
    for (int i = 0; i < rests.length; i++) {
      longestFirst[i] = (long) (time - rests[i]) << Integer.SIZE | i;
    }
    Arrays.sort(longestFirst);
    var rooms = new TreeSet<Long>();
    int count = 0;
    for (long next : longestFirst) {
      int i = (int) next;
      if (rests[i] == 0) {
        sequence[i] = -1;
        continue;
      }
      Long least = rooms.ceiling((long) rests[i] << Integer.SIZE);
      long room = least == null ? ((long) time << Integer.SIZE) | count++ : least;
      rooms.remove(room);
      sequence[i] = (int) room;
      long left = (room >>> Integer.SIZE) - rests[i];
      if (left > 1) {
        rooms.add(left << Integer.SIZE | (room & LOW));
      }
    }
    return count;
  }

  /** The documents of each sequence, one behind the other, in the order in which they came. */
  private int[] members(int[] sequence) {
    int sum = 0;
    for (int number : sequence) {
      if (number >= 0) {
        starts[number + 1]++;
        sum++;
      }
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = Arrays.copyOf(starts, starts.length);
    int[] sorted = new int[sum];
    for (int i = 0; i < sequence.length; i++) {
      if (sequence[i] >= 0) {
        sorted[next[sequence[i]]++] = i;
      }
    }
    return sorted;
  }

  /** How many sequences it has. */
  public int size() {
    return Math.toIntExact(fulls[rests.length] + starts.length - 1);
  }

  /** How many tokens they hold together. */
  long tokens() {
    return fulls[rests.length] * time + Arrays.stream(rests).asLongStream().sum();
  }

  /** How many there would be with one document each. */
  long alone() {
    return fulls[rests.length] + Arrays.stream(rests).filter(rest -> rest > 0).count();
  }

  /** How many hundredths of all places are empty. */
  public double empty() {
    return 100 * (1 - (double) tokens() / time / size());
  }

  /** How many would be with one document each. */
  public double emptyAlone() {
    return 100 * (1 - (double) tokens() / time / alone());
  }

  /** The numbers of the documents in a sequence. */
  public int[] documents(int sequence) {
    long full = fulls[rests.length];
    if (sequence < full) {
      return new int[] {documentOf(sequence)};
    }
    int number = (int) (sequence - full);
    return Arrays.copyOfRange(members, starts[number], starts[number + 1]);
  }

  /** Where in a document the sequence begins with it. */
  int offset(int sequence, int document) {
    boolean full = sequence < fulls[rests.length];
    long before = full ? sequence - fulls[document] : fulls[document + 1] - fulls[document];
    return Math.toIntExact(before * time);
  }

  /** How many tokens of a document the sequence has. */
  int length(int sequence, int document) {
    return sequence < fulls[rests.length] ? time : rests[document];
  }

  private int documentOf(int full) {
    int found = Arrays.binarySearch(fulls, full);
    int document = found >= 0 ? found : -found - 2;
    while (fulls[document + 1] == full) { // those before it that are short begin there too
      document++;
    }
    return document;
  }
}
