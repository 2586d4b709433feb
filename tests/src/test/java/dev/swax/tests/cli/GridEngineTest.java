package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids for engines, as far as none is needed. */
class GridEngineTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train small {
        data = pairs
        seq = 32 tok
        batch = 64 tok
        budget = 6 step
        lr = constant(rate: 1e-2)
      }
      grid g {
        using small
        seeds = [1, 2, 3]
        column "SWA" = swa_only(width: 32, blocks: 1, window: 8) with { vocab = 64 }
        row recall = score(mqar(length: 32, pairs: 2, vocab: 64), examples: 10)
      }
      """;
  private static final String KUBERNETES = "--for=kubernetes";

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(file(), FILE);
  }

  @Test
  void aScriptForSlurmIsComplete() {
    Run run = grid("emit", "--for", "slurm", "--partition=cpu", "--jobs=2", "--time=1-12");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("#!/bin/bash\n#SBATCH --job-name=swax-g\n#SBATCH --array=0-2%2\n")
        .contains("#SBATCH --time=1-12:00:00\n", "#SBATCH --partition=cpu\n", "cd " + folder)
        .contains("/opt/swax/swax grid cell %s --grid g --dir %s/grids/g".formatted(file(), folder))
        .contains(" --threads 1 --model \"$model\"");
    assertThat(run.err()).startsWith("asking for 512 MiB: ").contains("at its peak, as planned");
    assertThat(folder.resolve("grids")).as("nothing is started").doesNotExist();
  }

  @Test
  void aManifestForKubernetesHasItsImageItsVolumeAndWhatThePlanNeeds() {
    Run run =
        grid("emit", KUBERNETES, "--image=r/swax:1", "--claim=study", "--threads=4", "--memory=3G");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: swax-g\n")
        .contains("completions: 3\n", "image: 'r/swax:1'\n", "claimName: study\n")
        .contains("cpu: \"4\"\n", "memory: 3072Mi\n", "mountPath: '%s'\n".formatted(folder))
        .contains("exec swax grid cell " + file(), " --threads 4 --model \"$1\"");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    grid("run", "--on", "moon").isRefused("`moon` is not one of local, slurm");
    grid("emit", "--for", "moon").isRefused("`moon` is not one of slurm, kubernetes");
    grid("run", "--partition", "cpu").isRefused("`--partition` is only for Slurm", "--on slurm");
    grid("run", "--memory", "4G").isRefused("`--memory` is only for Slurm");
    grid("run", "--no-wait").isRefused("`--no-wait` is only for Slurm");
    grid("run", "--on=slurm", "--stop-at-failure").isRefused("`--stop-at-failure`");
    grid("run", "--on=slurm", "--jobs=0").isRefused("`--jobs` is 0");
    grid("run", "--on=slurm", "--memory=4T").isRefused("`--memory 4T`");
    grid("run", "--on=slurm", "--time=soon").isRefused("`--time soon` is no time of Slurm");
    grid("run", "--on=slurm", "--time=1").isRefused("a time limit of 0:01:00 is too short");
    grid("run", "--on=slurm", "--slurm=array=1").isRefused("swax itself sets `--array`");
    grid("emit", "--for=slurm", "--image=i").isRefused("`--image` and `--claim` are only for");
    grid("emit", KUBERNETES).isRefused("needs an image with swax and a volume");
    grid("emit", KUBERNETES, "--image=i", "--claim=c", "--qos=q").isRefused("`--qos` is only for");
    grid("emit", KUBERNETES, "--image=i", "--claim=c", "--dir=/elsewhere")
        .isRefused("/elsewhere, is not below that of the file");
    assertThat(folder.resolve("grids")).as("nothing is written").doesNotExist();
  }

  private Path file() {
    return folder.resolve("g.swax");
  }

  private Run grid(String verb, String... more) {
    List<String> words = new ArrayList<>(List.of("grid", verb, "g.swax"));
    words.addAll(List.of(more));
    return Run.with(
        Map.of("SWAX_LAUNCHER", "/opt/swax/swax"), folder, words.toArray(String[]::new));
  }
}
