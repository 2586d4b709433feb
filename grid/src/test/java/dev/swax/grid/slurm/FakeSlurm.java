package dev.swax.grid.slurm;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Slurm whose tasks stand as a test says. */
final class FakeSlurm implements Commands {
  private static final Pattern NAME = Pattern.compile("(?m)^#SBATCH --job-name=(\\S+)$");
  private static final Pattern ARRAY = Pattern.compile("(?m)^#SBATCH --array=0-([0-9]+)");

  private final Map<String, String> tasks =
      new LinkedHashMap<>(); // name|index to state|reason|node
  private final List<String> submitted = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private String refusal = "";
  private String trouble = "";
  private String accounts = "";
  private int maxArraySize = 1001;
  private boolean loses;
  private boolean installed = true;

  /** The words of each sbatch. */
  List<String> submitted() {
    return submitted;
  }

  List<String> cancelled() {
    return cancelled;
  }

  /** Refuses what is submitted, with these words of sbatch. */
  void refuse(String words) {
    refusal = words;
  }

  /** Takes what is submitted, and says that it does not answer. */
  void loseAnswers() {
    loses = true;
  }

  /** Does not answer; an empty text ends that. */
  void fail(String words) {
    trouble = words;
  }

  void uninstall() {
    installed = false;
  }

  void limitArrays(int size) {
    maxArraySize = size;
  }

  /** What sacct prints. */
  void account(String lines) {
    accounts = lines;
  }

  /** All tasks stand like that. */
  void all(String state, String reason, String node) {
    tasks.replaceAll((_, _) -> "%s|%s|%s".formatted(state, reason, node));
  }

  /** It has forgotten all tasks. */
  void forget() {
    tasks.clear();
  }

  @Override
  public Answer run(List<String> words) {
    if (!installed) {
      throw new UserError("there is no program " + words.getFirst(), null);
    }
    if (!trouble.isEmpty()) {
      return new Answer(1, "", trouble);
    }
    return switch (words.getFirst()) {
      case "sbatch" -> submit(words);
      case "squeue" -> new Answer(0, queue(words), "");
      case "sacct" ->
          accounts.isEmpty()
              ? new Answer(1, "", "Slurm accounting storage is disabled\n")
              : new Answer(0, accounts, "");
      case "sinfo" -> new Answer(0, "cpu*|1:00:00\nlong|infinite\n", "");
      case "scontrol" ->
          new Answer(0, "MaxArraySize            = %d\n".formatted(maxArraySize), "");
      case "scancel" -> {
        cancelled.add(words.getLast());
        yield new Answer(0, "", "");
      }
      default -> throw new IllegalArgumentException(words.getFirst());
    };
  }

  private Answer submit(List<String> words) {
    if (!refusal.isEmpty()) {
      return new Answer(1, "", "sbatch: error: " + refusal + "\n");
    }
    submitted.add(String.join(" ", words.subList(1, words.size() - 1)));
    String script = read(Path.of(words.getLast()));
    String name = group(NAME, script);
    int last = Integer.parseInt(group(ARRAY, script));
    for (int index = 0; index <= last; index++) {
      tasks.put(name + "|" + index, "PENDING|Priority|");
    }
    return loses
        ? new Answer(1, "", "sbatch: error: Socket timed out on send/recv operation\n")
        : new Answer(0, 16 + submitted.size() + "\n", "");
  }

  private String queue(List<String> words) {
    boolean identities = words.getLast().equals("%F");
    var text = new StringBuilder();
    tasks.forEach((task, state) -> {
      if (words.stream().anyMatch(word -> word.contains(task.substring(0, task.indexOf('|'))))) {
        text.append(identities ? "99" : task + "|" + state).append('\n');
      }
    });
    return text.toString();
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException(text);
    }
    return matcher.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
