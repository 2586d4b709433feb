package dev.swax.cli.watch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.Visible;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** All of one run that is no curve: its settings, the end of its log, its sample. */
final class RunPage {
  private static final int MOST = 1 << 16;

  private RunPage() {}

  static ObjectNode of(WatchedRun run) throws IOException {
    ObjectNode node = new JsonMapper().createObjectNode().put("id", run.id());
    ObjectNode settings = node.putObject("settings");
    run.settings().forEach(settings::put);
    node.put("log", end(run.path().resolve("log.txt")));
    node.put("sample", end(run.path().resolve("sample.txt")));
    return node;
  }

  /** The last lines of a file; nothing where it is not there. */
  private static String end(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long from = Math.max(0, channel.size() - MOST);
      ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
        // until all is there
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      return Visible.harmlessLines(from == 0 ? text : text.substring(text.indexOf('\n') + 1));
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
