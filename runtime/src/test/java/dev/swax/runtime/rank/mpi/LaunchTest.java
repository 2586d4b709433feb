package dev.swax.runtime.rank.mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What launchers say of a process. */
class LaunchTest {
  private static final Map<String, String> OPEN_MPI =
      Map.of(
          "OMPI_COMM_WORLD_RANK", "5",
          "OMPI_COMM_WORLD_SIZE", "8",
          "OMPI_COMM_WORLD_LOCAL_RANK", "1");
  private static final Map<String, String> MPICH =
      Map.of("PMI_RANK", "2", "PMI_SIZE", "4", "MPI_LOCALRANKID", "0");

  @Test
  void eachSaysWhichProcessItIs() {
    assertThat(Launch.find(OPEN_MPI)).contains(new Launch(Launch.Starter.OPEN_MPI, 5, 8, 1));
    assertThat(Launch.find(MPICH)).contains(new Launch(Launch.Starter.HYDRA, 2, 4, 0));
    assertThat(Launch.find(Map.of("SLURM_PROCID", "1", "SLURM_STEP_NUM_TASKS", "2")))
        .contains(new Launch(Launch.Starter.SLURM, 1, 2, 0));
    assertThat(Launch.find(Map.of("PMI_RANK", "0", "PMI_SIZE", "1"))).isEmpty();
  }

  /** As by {@code srun --mpi=none}. */
  @Test
  void processesOfSrunNeedAnInterface() {
    Map<String, String> environment =
        new HashMap<>(Map.of("SLURM_PROCID", "1", "SLURM_STEP_NUM_TASKS", "2"));
    Launch launch = Launch.find(environment).orElseThrow();
    assertThatThrownBy(() -> launch.requireInterface(environment))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "srun started 2 processes (SLURM_STEP_NUM_TASKS), but without an interface by which MPI finds them");
    environment.put("PMIX_RANK", "1");
    assertThatCode(() -> launch.requireInterface(environment)).doesNotThrowAnyException();
  }

  /** MPICH's are left from somewhere: nothing talks to this process by its descriptor. */
  @Test
  void ofTwoKindsTheOneCountsThatStartedTheProcess() {
    Map<String, String> both = new HashMap<>(OPEN_MPI);
    both.putAll(MPICH);
    both.put("PMI_FD", "1000000");
    assertThat(Launch.find(both)).contains(new Launch(Launch.Starter.OPEN_MPI, 5, 8, 1));
    assertThatThrownBy(() -> Launch.requireOneKind(both))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "two kinds of MPI are mixed: Open MPI's mpirun says 8 processes (OMPI_COMM_WORLD_SIZE), MPICH's mpiexec says 4 (PMI_SIZE)");
    assertThatCode(() -> Launch.requireOneKind(OPEN_MPI)).doesNotThrowAnyException();
    assertThatCode(() -> Launch.requireOneKind(MPICH)).doesNotThrowAnyException();
  }
}
