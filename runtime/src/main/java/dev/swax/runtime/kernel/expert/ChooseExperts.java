package dev.swax.runtime.kernel.expert;

import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Chooses the experts of each token, all threads; then one thread counts and places their rows. */
final class ChooseExperts {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final Team team;
  private final RowPartition partition;
  private final RowTask chooseRows = this::chooseRows;

  /** Goodness of the groups of a token, for each thread. */
  private float[][] goodness = {};

  /** The next free row of each expert. */
  private int[] next = {};

  private MemorySegment scores = MemorySegment.NULL;
  private MemorySegment chosen = MemorySegment.NULL;
  private int experts;
  private int active;
  private int groups;
  private int groupSize;
  private int activeGroups;

  ChooseExperts(Team team) {
    this.team = team;
    partition = new RowPartition(team);
  }

  void run(
      Tensor scores, Tensor chosen, Tensor places, Tensor owners, int rows, ChoiceShape choice) {
    if ((long) rows * choice.active() > ExpertKernels.MOST_SLOTS) {
      throw new IllegalArgumentException(rows + " tokens of " + choice.active() + " experts");
    }
    this.scores = scores.segment();
    this.chosen = chosen.segment();
    experts = choice.experts();
    active = choice.active();
    groups = choice.groups();
    groupSize = choice.groupSize();
    activeGroups = choice.activeGroups();
    makeRoom();
    partition.run(rows, chooseRows);
    sort(places.segment(), owners.segment(), (long) rows * active);
  }

  private void makeRoom() {
    if (next.length < experts) {
      next = new int[experts];
    }
    if (activeGroups < groups && (goodness.length == 0 || goodness[0].length < groups)) {
      goodness = new float[team.threads()][groups];
    }
  }

  private void chooseRows(int part, int from, int to) {
    for (long t = from; t < to; t++) {
      long row = 4 * t * experts;
      long best = 4 * t * active;
      if (activeGroups == groups) {
        choose(row, best, 0, 0, experts);
      } else {
        chooseOfGroups(row, best);
      }
    }
  }

  /**
   * Puts the experts {@code first .. last} among the {@code count} that are chosen already, best
   * first; returns how many there are then. A later expert goes after those of the same score.
   */
  private int choose(long row, long best, int count, int first, int last) {
    int many = count;
    for (int e = first; e < last; e++) {
      float score = scores.get(FLOAT, row + 4L * e);
      if (many == active && !(score > score(row, best, many - 1))) {
        continue;
      }
      int at = many < active ? many++ : many - 1;
      for (; at > 0 && score > score(row, best, at - 1); at--) {
        chosen.set(FLOAT, best + 4L * at, chosen.get(FLOAT, best + 4L * (at - 1)));
      }
      chosen.set(FLOAT, best + 4L * at, e);
    }
    return many;
  }

  /** The score of the expert in slot {@code a} of a token. */
  private float score(long row, long best, int a) {
    return scores.get(FLOAT, row + 4L * (int) chosen.get(FLOAT, best + 4L * a));
  }

  private void chooseOfGroups(long row, long best) {
    float[] good = goodness[team.worker()];
    for (int g = 0; g < groups; g++) {
      good[g] = bestTwo(row + 4L * g * groupSize);
    }
    int count = 0;
    for (int g = 0; g < groups; g++) {
      if (rank(good, g) < activeGroups) {
        count = choose(row, best, count, g * groupSize, (g + 1) * groupSize);
      }
    }
  }

  /** How many groups come before a group. */
  private int rank(float[] good, int group) {
    int rank = 0;
    for (int g = 0; g < groups; g++) {
      if (good[g] > good[group] || (g < group && good[g] == good[group])) {
        rank++;
      }
    }
    return rank;
  }

  private float bestTwo(long from) {
    float first = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    for (int e = 0; e < groupSize; e++) {
      float score = scores.get(FLOAT, from + 4L * e);
      if (score > first) {
        second = first;
        first = score;
      } else if (score > second) {
        second = score;
      }
    }
    return groupSize == 1 ? first : first + second;
  }

  private void sort(MemorySegment places, MemorySegment owners, long slots) {
    for (int e = 0; e < experts; e++) {
      next[e] = 0;
    }
    for (long slot = 0; slot < slots; slot++) {
      next[(int) chosen.get(FLOAT, 4 * slot)]++;
    }
    int first = 0;
    for (int e = 0; e < experts; e++) {
      int count = next[e];
      for (int r = first; r < first + count; r++) {
        owners.set(FLOAT, 4L * r, e);
      }
      next[e] = first;
      first += count;
    }
    for (long slot = 0; slot < slots; slot++) {
      int expert = (int) chosen.get(FLOAT, 4 * slot);
      places.set(FLOAT, 4 * slot, next[expert]);
      next[expert]++;
    }
  }
}
