package dev.swax.cli.watch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The page's server, on the loopback and nowhere else. */
public final class WatchServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_POINTS = 4096;

  private final Observatory observatory;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Guard guard;

  private WatchServer(Observatory observatory, HttpServer server) {
    this.observatory = observatory;
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.guard = new Guard(server.getAddress().getPort());
  }

  /**
   * Begins to watch and to answer.
   *
   * @param roots folders that have the runs and grids, or have them below
   * @param base the folder that names of runs start at
   * @param port 0: any that is free
   */
  public static WatchServer start(List<Path> roots, Path base, int port) {
    return start(roots, base, port, Observatory.PAUSE);
  }

  static WatchServer start(List<Path> roots, Path base, int port, long pause) {
    var observatory = new Observatory(roots, base, pause);
    var server = new WatchServer(observatory, bind(port));
    server.server.createContext("/", server::handle);
    server.server.setExecutor(server.threads);
    observatory.start();
    server.server.start();
    return server;
  }

  private static HttpServer bind(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    } catch (BindException e) {
      throw new UserError(
          "port %d is in use, or may not be used: %s".formatted(port, e.getMessage()),
          "`--port 0` takes one that is free");
    } catch (IOException e) {
      throw new UserError("cannot listen on port %d: %s".formatted(port, Reasons.of(e)), null);
    }
  }

  /** Where the page is. */
  public String address() {
    return "http://localhost:%d/".formatted(server.getAddress().getPort());
  }

  /** How many runs and grids there are now. */
  public int size() {
    return observatory.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Guard.Refusal> refusal = guard.refusal(exchange);
      if (refusal.isPresent()) {
        Answer.text(exchange, refusal.get().status(), refusal.get().reason());
        return;
      }
      try {
        answer(exchange);
      } catch (Query.BadRequest e) {
        Answer.text(exchange, 400, String.valueOf(e.getMessage()));
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/api/events" -> Events.send(exchange, observatory);
      case "/api/curves" -> json(exchange, curves(new Query(exchange.getRequestURI())));
      case "/api/run" -> {
        Optional<WatchedRun> run =
            observatory.find(new Query(exchange.getRequestURI()).one("run", ""));
        if (run.isPresent()) {
          json(exchange, RunPage.of(run.get()).toString().getBytes(StandardCharsets.UTF_8));
        } else {
          Answer.text(exchange, 404, "there is no such run");
        }
      }
      default -> {
        Optional<Resource> resource = Resource.find(path);
        if (resource.isPresent()) {
          Answer.bytes(exchange, 200, resource.get().type(), resource.get().bytes());
        } else {
          Answer.text(exchange, 404, "there is no such page");
        }
      }
    }
  }

  /** Of each run that was named and is there, its curves by name. */
  private byte[] curves(Query query) throws IOException {
    Set<String> names = new LinkedHashSet<>(query.all("name"));
    int points = (int) Math.clamp(query.number("points", 500), 2, MOST_POINTS);
    var view =
        new CurveJson.View(
            query.across(),
            query.number("from", Double.NEGATIVE_INFINITY),
            query.number("to", Double.POSITIVE_INFINITY),
            points);
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (String id : query.all("run")) {
        Optional<WatchedRun> run = observatory.find(id);
        if (run.isPresent()) {
          json.writeFieldName(id);
          run.get().write(new CurveJson(json, view), names);
        }
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void json(HttpExchange exchange, byte[] bytes) throws IOException {
    Answer.bytes(exchange, 200, "application/json", bytes);
  }

  @Override
  public void close() {
    observatory.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
