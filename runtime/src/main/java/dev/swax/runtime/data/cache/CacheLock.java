package dev.swax.runtime.data.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.swax.runtime.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The right to build a cache and to begin to read it: a lock on its file {@code lock}, which the
 * system releases when the process ends, however it ends. The file names the holder.
 */
public final class CacheLock implements AutoCloseable {
  private static final String FILE = "lock";
  private static final long PAUSE_MILLISECONDS = 200;

  /** Threads of this process take turns before the file is locked, which is for processes. */
  private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

  private final Semaphore turn;
  private final FileChannel channel;

  private CacheLock(Semaphore turn, FileChannel channel) {
    this.turn = turn;
    this.channel = channel;
  }

  /** Waits for the lock; {@code waiting} is told once who has it. */
  public static CacheLock take(CacheFolder cache, Consumer<String> waiting) throws IOException {
    Optional<CacheLock> lock = tryTake(cache);
    if (lock.isEmpty()) {
      waiting.accept(holder(cache));
    }
    while (lock.isEmpty()) {
      pause();
      lock = tryTake(cache);
    }
    return lock.get();
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    }
  }

  /** The lock, or nothing where another has it. */
  public static Optional<CacheLock> tryTake(CacheFolder cache) throws IOException {
    cache.create();
    Semaphore turn =
        TURNS.computeIfAbsent(
            Path.of(cache.path().toAbsolutePath().normalize().toString()), _ -> new Semaphore(1));
    if (!turn.tryAcquire()) {
      return Optional.empty();
    }
    @Nullable FileChannel channel = null;
    try {
      channel = locked(cache);
      return channel == null ? Optional.empty() : Optional.of(new CacheLock(turn, channel));
    } finally {
      if (channel == null) {
        turn.release();
      }
    }
  }

  private static @Nullable FileChannel locked(CacheFolder cache) throws IOException {
    Path file = cache.path().resolve(FILE);
    RegularFile.requireIfThere(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean done = false;
    try {
      if (channel.tryLock() == null) {
        return null;
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)), 0);
      done = true;
      return channel;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  /** Who has it, in words. */
  public static String holder(CacheFolder cache) {
    try {
      return "process " + RegularFile.text(cache.path().resolve(FILE));
    } catch (IOException e) {
      return "another process";
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      turn.release();
    }
  }
}
