package dev.swax.cli.watch;

import dev.swax.cli.observe.Curve;
import dev.swax.cli.observe.LineSearch;
import dev.swax.cli.observe.RunCurves;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run, read again from its file: of a long run, each point of the curves of the whole
 * stands for many steps.
 */
final class CloseLook {
  /** Bytes of lines. A larger part is shown with the points of the whole. */
  private static final long MOST = 16 << 20;

  private final Path file;
  private @Nullable Part part;
  private RunCurves found = new RunCurves();

  /** What was read; the same part of the same file is the same. */
  private record Part(@Nullable Object file, long from, long to, double began) {}

  CloseLook(Path file) {
    this.file = file;
  }

  /**
   * The curves that a view is made of: finer ones, or those of the whole where they are as fine.
   */
  RunCurves at(CurveJson.View view, RunCurves whole) {
    if (!view.isPart()
        || whole.curves().values().stream().noneMatch(curve -> isCoarse(curve, view))) {
      part = null;
      found = new RunCurves();
      return whole;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      var search = new LineSearch(channel, line -> view.across().of(whole.place(line)));
      long from = search.before(view.from());
      long to =
          Math.min(channel.size(), search.before(Math.nextUp(view.to())) + 2L * LineSearch.PIECE);
      if (to - from > MOST) {
        return whole;
      }
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return read(channel, new Part(key, from, to, whole.began()));
    } catch (IOException e) {
      return whole; // who reads the whole tells of it
    }
  }

  /** Whether there are values between the points of a curve, and room for them in the view. */
  private static boolean isCoarse(Curve curve, CurveJson.View view) {
    int first = view.first(curve);
    return curve.isJoined() && view.end(curve, first) - first < view.points();
  }

  private RunCurves read(FileChannel channel, Part wanted) throws IOException {
    if (!wanted.equals(part)) {
      var curves = new RunCurves(wanted.began());
      byte[] bytes = LineSearch.read(channel, wanted.from(), wanted.to());
      int start = 0;
      for (int end = 0; end < bytes.length; end++) {
        if (bytes[end] == '\n') {
          curves.line(new String(bytes, start, end - start, StandardCharsets.UTF_8));
          start = end + 1;
        }
      }
      found = curves;
      part = wanted;
    }
    return found;
  }
}
