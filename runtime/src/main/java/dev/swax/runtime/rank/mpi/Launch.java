package dev.swax.runtime.rank.mpi;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a launcher says in the environment of a process that it starts.
 *
 * @param starter who started it
 * @param rank the number of this process
 * @param size how many were started
 * @param local the number of this process among those of its machine; 0 where nobody says
 */
public record Launch(Starter starter, int rank, int size, int local) {

  /** What starts processes, and the variables by which it tells them. */
  public enum Starter {
    OPEN_MPI(
        "Open MPI's mpirun",
        "OMPI_COMM_WORLD_RANK",
        "OMPI_COMM_WORLD_SIZE",
        "OMPI_COMM_WORLD_LOCAL_RANK"),
    HYDRA("MPICH's mpiexec", "PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID"),
    SLURM("srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID");

    private final String text;
    private final String rank;
    private final String size;
    private final String local;

    Starter(String text, String rank, String size, String local) {
      this.text = text;
      this.rank = rank;
      this.size = size;
      this.local = local;
    }

    /** As people call it. */
    public String text() {
      return text;
    }

    /** The variable with the number of processes. */
    public String variable() {
      return size;
    }
  }

  /**
   * How this process was started; nothing where it is the only one. Where two launchers have left
   * their variables, it is the one that still holds on to this process.
   */
  public static Optional<Launch> find(Map<String, String> environment) {
    Optional<Launch> open = find(Starter.OPEN_MPI, environment);
    Optional<Launch> hydra = find(Starter.HYDRA, environment);
    return (isOfHydra(environment) ? hydra.or(() -> open) : open.or(() -> hydra))
        .or(() -> find(Starter.SLURM, environment));
  }

  /** Refuses variables of two kinds of MPI: which library to take, nobody can tell from them. */
  static void requireOneKind(Map<String, String> environment) {
    Optional<Launch> open = find(Starter.OPEN_MPI, environment);
    Optional<Launch> hydra = find(Starter.HYDRA, environment);
    if (open.isPresent() && hydra.isPresent()) {
      throw new UserError(
          "two kinds of MPI are mixed: %s says %d processes (%s), %s says %d (%s)"
              .formatted(
                  Starter.OPEN_MPI.text,
                  open.get().size,
                  Starter.OPEN_MPI.size,
                  Starter.HYDRA.text,
                  hydra.get().size,
                  Starter.HYDRA.size),
          "start it by one of them");
    }
  }

  /**
   * Refuses processes of srun that cannot find each other. Open MPI would end them itself, with a
   * long message and another code.
   */
  void requireInterface(Map<String, String> environment) {
    boolean found =
        environment.keySet().stream()
            .anyMatch(name -> name.startsWith("PMIX_") || name.startsWith("PMI_"));
    if (starter == Starter.SLURM && !found) {
      throw new UserError(
          "srun started %d processes (%s), but without an interface by which MPI finds them"
              .formatted(size, starter.size),
          "`srun --mpi=pmix` for Open MPI, `srun --mpi=pmi2` for MPICH; `srun --mpi=list` says what there is");
    }
  }

  /** Hydra talks to each process over a socket, which its variables outlive. */
  private static boolean isOfHydra(Map<String, String> environment) {
    int descriptor = number(environment, "PMI_FD", -1);
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
          .toString()
          .startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static Optional<Launch> find(Starter starter, Map<String, String> environment) {
    int size = number(environment, starter.size, 1);
    return size < 2
        ? Optional.empty()
        : Optional.of(
            new Launch(
                starter,
                number(environment, starter.rank, 0),
                size,
                number(environment, starter.local, 0)));
  }

  private static int number(Map<String, String> environment, String name, int otherwise) {
    String text = environment.getOrDefault(name, "");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
  }
}
