package dev.swax.grid.slurm;

import dev.swax.grid.launch.ModelCommand;
import dev.swax.grid.launch.ShellWords;
import dev.swax.grid.store.GridFolder;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The script of a job array. Its task N computes model N: the training, then its measures. It is
 * put back into the queue whenever it has saved its work and there is more to do.
 *
 * @param name of the job
 * @param place the folder of the job, see {@link dev.swax.grid.store.Job}
 */
public record SlurmScript(
    String name, Path place, GridFolder grid, ModelCommand command, SlurmRequest request) {

  /** Its text for these models. */
  public String of(List<String> models) {
    String limit = request.tasks() > 0 ? "%" + request.tasks() : "";
    return """
    #!/bin/bash
    #SBATCH --job-name=%s
    #SBATCH --array=0-%d%s
    #SBATCH --output="%s/%%a.log"
    #SBATCH --open-mode=append
    #SBATCH --requeue
    %s
    """
            .formatted(name, models.size() - 1, limit, pattern(place), lines())
        + """

        # A task computes one model: its training, then its measures.
        models=(
        %s
        )
        model=${models[$SLURM_ARRAY_TASK_ID]}
        task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
        mark=%s/$SLURM_ARRAY_TASK_ID
        cell=%s/$model

        if ! cd %s || ! mkdir -p "${mark%%/*}" "$cell"; then
          echo "error: node $SLURMD_NODENAME does not see the folders of the grid"
          exit 2
        fi
        rm -f "$mark.code"
        echo "$SLURMD_NODENAME" >"$mark.node"

        # Slurm signals this script only; what computes has to hear of it.
        signal= again=
        trap 'signal=USR1 again=1; kill -USR1 $swax 2>/dev/null' USR1
        trap 'signal=TERM again=1; kill -TERM $swax 2>/dev/null' TERM
        %s "$model" >>"$cell/log.txt" 2>&1 &
        swax=$!
        wait $swax
        code=$?
        while [ -n "$again" ]; do
          again=
          wait $swax
          code=$?
        done

        # 75: its work is saved. 76: it was stopped before it had gained anything.
        if [ $code-$signal = 76-USR1 ]; then
          echo 'error: the time limit ended it before it had gained anything: ask for more `--time`' | tee -a "$cell/log.txt"
          code=2
        fi
        echo $code >"$mark.code"
        if [ $code = 75 ] || [ $code = 76 ]; then
          # Not what was cancelled: Slurm would begin it again.
          [ "$(squeue -h -j $task -o %%T)" != RUNNING ] || scontrol requeue $task
        fi
        exit $code
        """
            .formatted(
                models.stream().map(model -> "  " + model).collect(Collectors.joining("\n")),
                ShellWords.quote(place.toString()),
                ShellWords.quote(grid.cells().toString()),
                ShellWords.quote(command.folder().toString()),
                ShellWords.join(command.words()));
  }

  private String lines() {
    return request.lines().stream()
        .map(line -> "#SBATCH " + line)
        .collect(Collectors.joining("\n"));
  }

  /** A path where Slurm replaces what stands behind a percent sign. */
  private static String pattern(Path path) {
    String text = path.toString();
    if (text.contains("\"") || text.contains("\\")) {
      throw new UserError(
          "Slurm cannot write to a folder whose name has a quote or a backslash: " + text,
          "`--dir DIR` with another name");
    }
    return text.replace("%", "%%");
  }
}
