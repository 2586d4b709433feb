package dev.swax.cli.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events: what is new, as long as the browser listens. */
final class Events {
  private static final long LONGEST_SILENCE = 15_000;

  private Events() {}

  /** Sends until the browser goes away, which a write tells, or the server is closed. */
  static void send(HttpExchange exchange, Observatory observatory) throws IOException {
    Answer.prepare(exchange, "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    long round = -1;
    try (OutputStream out = exchange.getResponseBody()) {
      while (!observatory.isClosed()) {
        ObjectNode news = observatory.await(round, LONGEST_SILENCE);
        round = news.path("round").longValue();
        out.write(("data: " + news + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
