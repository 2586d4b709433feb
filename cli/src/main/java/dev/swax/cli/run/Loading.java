package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.compiler.load.ClassCache;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.LoadListener;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What commands load through caches: large text, with progress, and compiled programs. */
public final class Loading {
  private Loading() {}

  /** For a command of this process. */
  public static Caching of(Host host) {
    return Caching.of(host.environment(), host.folder(), new Told(host.console()));
  }

  /** Class files of generated programs, in the cache folder of this process's user. */
  static ClassCache programs(Console console) {
    return ClassCache.below(Caching.root(System.getenv(), Path.of("")), console::message);
  }

  /** Tells how much is done, how fast, and when it will be. */
  private static final class Told implements LoadListener {
    private static final double SHORT = 2;

    private final Console console;
    private final WorkProgress progress;
    private long total;
    private long tokens;
    private long firstDone = -1;
    private long began;

    private Told(Console console) {
      this.console = console;
      this.progress = new WorkProgress(console, 0, this::line);
    }

    @Override
    public void message(String text) {
      progress.finish();
      console.message(text);
    }

    @Override
    public void progress(long done, long ofAll, long made) {
      if (firstDone < 0) {
        firstDone = done;
        began = System.nanoTime();
      }
      total = ofAll;
      tokens = made;
      progress.accept(done);
    }

    private String line(long done) {
      double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
      double rate = (done - firstDone) / Math.max(seconds, 1e-3);
      return String.format(
              Locale.ROOT,
              "making tokens  %.1f of %.1f MB  %,d tokens",
              done / 1e6,
              total / 1e6,
              tokens)
          + (seconds < SHORT || rate <= 0
              ? ""
              : String.format(
                  Locale.ROOT,
                  "  %.1f MB/s  eta %s",
                  rate / 1e6,
                  WorkProgress.time((total - done) / rate)));
    }

    @Override
    public void finished() {
      progress.finish();
      firstDone = -1;
    }
  }
}
