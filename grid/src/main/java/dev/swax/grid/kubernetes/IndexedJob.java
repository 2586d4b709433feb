package dev.swax.grid.kubernetes;

import dev.swax.grid.launch.ModelCommand;
import dev.swax.grid.launch.ShellWords;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A grid as an Indexed Job of {@code batch/v1}: the pod of an index computes one model, its
 * training and then its measures. What the user has to put right (exit code 2) fails its index; a
 * pod that saved its work (75) or was evicted is started again and does not count as a failure.
 *
 * @param name of the grid
 * @param image that has swax
 * @param claim the PersistentVolumeClaim that is mounted at {@code mount}
 * @param parallelism pods at a time
 * @param cpus of a pod
 * @param mebibytes of memory of a pod
 */
public record IndexedJob(
    String name,
    ModelCommand command,
    String image,
    String claim,
    Path mount,
    int parallelism,
    int cpus,
    long mebibytes) {
  /** How often a pod may fail for reasons that nobody knows. */
  private static final int RETRIES = 2;

  /** How long a pod has for saving its work. */
  private static final int GRACE_SECONDS = 120;

  /** Names of pods are that of the job with an index behind it. */
  private static final int LONGEST_NAME = 52;

  private static final String DNS_NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

  public IndexedJob {
    if (!claim.matches(DNS_NAME)) {
      throw new UserError(
          "`--claim %s` is no name of Kubernetes: small letters, digits and `-` are possible"
              .formatted(claim),
          "`kubectl get persistentvolumeclaims` lists them");
    }
    if (mount.toString().contains(":")) {
      throw new UserError(
          "Kubernetes mounts no volume at a path with a colon: " + mount, "rename the folder");
    }
    if (image.isBlank() || image.chars().anyMatch(c -> c <= ' ')) {
      throw new UserError(
          "`--image` is `%s`, which is no image".formatted(image), "`--image registry/swax:0.1`");
    }
  }

  /** The manifest for these models, as YAML. */
  public String of(List<String> models) {
    return """
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: %s
    spec:
      completionMode: Indexed
      completions: %d
      parallelism: %d
      backoffLimitPerIndex: %d
      maxFailedIndexes: %d
      podFailurePolicy:
        rules:
          - action: FailIndex # the user has to put something right
            onExitCodes:
              containerName: cell
              operator: In
              values: [2]
          - action: Ignore # its work is saved, it goes on
            onExitCodes:
              containerName: cell
              operator: In
              values: [75]
          - action: Ignore # evicted, drained or preempted
            onPodConditions:
              - type: DisruptionTarget
                status: "True"
    """
            .formatted(
                podName(),
                models.size(),
                Math.min(parallelism, models.size()),
                RETRIES,
                models.size())
        + template(models).indent(2);
  }

  private String template(List<String> models) {
    return """
    template:
      spec:
        restartPolicy: Never
        terminationGracePeriodSeconds: %d
        containers:
          - name: cell
            image: %s
            workingDir: %s
            command:
              - /bin/sh
              - -c
              - |
                # A pod computes one model: its training, then its measures.
                set -- \\
    %s
                shift $JOB_COMPLETION_INDEX
                exec %s "$1"
            resources:
              requests:
                cpu: "%d"
                memory: %dMi
              limits:
                memory: %dMi
            volumeMounts:
              - name: grid
                mountPath: %s
        volumes:
          - name: grid
            persistentVolumeClaim:
              claimName: %s
    """
        .formatted(
            GRACE_SECONDS,
            text(image),
            text(command.folder().toString()),
            models.stream()
                .map(model -> " ".repeat(14) + model)
                .collect(Collectors.joining(" \\\n")),
            ShellWords.join(command.words()),
            cpus,
            mebibytes,
            mebibytes,
            text(mount.toString()),
            claim);
  }

  private String podName() {
    String plain = "swax-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    return cut.replaceAll("-+$", "");
  }

  /** A string of YAML in single quotes, which has one escape. */
  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
