package dev.swax.runtime.train;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write to a run directory: a lock on its file {@code run.lock}, which the system
 * releases when the process ends, however it ends. The file names the {@link RunHolder}.
 */
final class RunLock implements AutoCloseable {
  static final String FILE = "run.lock";

  /**
   * Runs of this process. On some systems closing any channel to a locked file releases the
   * process's lock, so a second attempt must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path run;
  private final FileChannel channel;

  private RunLock(Path run, FileChannel channel) {
    this.run = run;
    this.channel = channel;
  }

  /** Takes the lock, or says who has it. */
  static RunLock take(Path folder) throws IOException {
    Path run = folder.toRealPath();
    if (!HELD.add(run)) {
      throw inUse(folder, "this process, " + ProcessHandle.current().pid());
    }
    Path file = run.resolve(FILE);
    try {
      return new RunLock(run, locked(folder, file));
    } catch (IOException | UserError e) {
      HELD.remove(run);
      throw e;
    }
  }

  private static FileChannel locked(Path folder, Path file) throws IOException {
    RegularFile.requireIfThere(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        String text = RegularFile.text(file);
        String pid = RunHolder.parse(text).map(holder -> Long.toString(holder.pid())).orElse(text);
        throw inUse(folder, "process " + pid);
      }
      byte[] holder = RunHolder.current().line().getBytes(US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder), 0);
      return channel;
    } catch (IOException | UserError e) {
      channel.close();
      throw e;
    }
  }

  private static UserError inUse(Path run, String holder) {
    return new UserError(
        "the run directory %s is in use by %s".formatted(run, holder),
        "wait for it, stop it, or give another `--run-dir`");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(run);
  }
}
