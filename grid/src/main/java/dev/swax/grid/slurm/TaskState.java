package dev.swax.grid.slurm;

import java.util.List;

/**
 * What Slurm says of a task.
 *
 * @param state in Slurm's words: {@code PENDING}, {@code OUT_OF_MEMORY}
 * @param reason why it waits or has failed; {@code None} where Slurm gives none
 * @param node where it runs or ran; empty where it has not begun
 */
record TaskState(String state, String reason, String node) {
  private static final List<String> ENDED =
      List.of(
          "BOOT_FAIL",
          "CANCELLED",
          "COMPLETED",
          "DEADLINE",
          "FAILED",
          "NODE_FAIL",
          "OUT_OF_MEMORY",
          "PREEMPTED",
          "REVOKED",
          "TIMEOUT");

  /** Reasons for waiting that do not go away. */
  private static final List<String> HOPELESS =
      List.of(
          "AccountNotAllowed",
          "AssocMaxCpuPerJobLimit",
          "AssocMaxMemPerJob",
          "AssocMaxWallDurationPerJobLimit",
          "BadConstraints",
          "InvalidAccount",
          "InvalidQOS",
          "JobHeldAdmin",
          "PartitionNodeLimit",
          "PartitionTimeLimit",
          "QOSMaxCpuPerJobLimit",
          "QOSMaxMemoryPerJob",
          "QOSMaxWallDurationPerJobLimit",
          "QOSNotAllowed");

  boolean hasEnded() {
    return ENDED.contains(state);
  }

  boolean isPending() {
    return state.equals("PENDING");
  }

  /** Whether it waits for what will not come. */
  boolean isHopeless() {
    return isPending() && HOPELESS.contains(reason);
  }
}
