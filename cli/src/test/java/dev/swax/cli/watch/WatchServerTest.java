package dev.swax.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.NewFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's server, asked as a browser asks, and as others might. */
@Timeout(60)
class WatchServerTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable WatchServer started;

  @BeforeEach
  void start() throws IOException {
    MadeRun.of(folder.resolve("runs/one"), 100).tell(1, 20);
    started = WatchServer.start(List.of(folder), folder, 0, 20);
  }

  @AfterEach
  void stop() {
    server().close();
    client.close();
  }

  private WatchServer server() {
    return Objects.requireNonNull(started);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server().address() + path));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The first news that a browser is told of which that is so. */
  private JsonNode await(Predicate<JsonNode> wanted) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> events =
        client.send(request("api/events").build(), HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = events.body()) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("data: ")) {
          JsonNode news = JSON.readTree(line.substring("data: ".length()));
          if (wanted.test(news)) {
            return news;
          }
        }
      }
    }
    throw new AssertionError("the events have ended");
  }

  private static Predicate<JsonNode> step(int step) {
    return news -> news.at("/runs/0/step").asInt() == step;
  }

  @Test
  void newsTellOfRunsAndOfEveryNewStep() throws IOException, InterruptedException {
    JsonNode first = await(step(20)).at("/runs/0");
    assertThat(first.path("id").asText()).isEqualTo("runs/one");
    assertThat(first.path("steps").asInt()).isEqualTo(100);
    assertThat(first.at("/last/loss").asDouble()).isEqualTo(0.05);
    new MadeRun(folder.resolve("runs/one")).tell(21, 25);
    assertThat(await(step(25)).at("/runs/0/tokens").asInt()).isEqualTo(25 * 64);
    MadeRun.of(folder.resolve("runs/two"), 5).tell(1, 5);
    await(news -> news.path("names").size() == 2);
    JsonNode both = await(_ -> true);
    assertThat(both.at("/runs/1/state").asText()).isEqualTo("done");
  }

  @Test
  void curvesAreJoinedToFewPointsAndCutToAPart() throws IOException, InterruptedException {
    await(step(20));
    JsonNode all = JSON.readTree(get("api/curves?run=runs/one&name=loss&points=5").body());
    JsonNode loss = all.at("/runs~1one/loss");
    assertThat(loss.path("x").toString()).isEqualTo("[4,8,12,16,20]");
    assertThat(loss.at("/high/0").asDouble()).isEqualTo(1);
    assertThat(loss.at("/low/4").asDouble()).isEqualTo(0.05);
    JsonNode part =
        JSON.readTree(get("api/curves?run=runs/one&name=loss&x=tokens&from=640&to=704").body());
    assertThat(part.at("/runs~1one/loss/x").toString()).isEqualTo("[576,640,704,768]");
    assertThat(get("api/curves?run=nowhere&name=loss").body()).isEqualTo("{}");
  }

  /** Of so many steps the curves of the whole have a point for eight. */
  @Test
  void aPartOfALongRunHasEveryStep() throws IOException, InterruptedException {
    MadeRun run = new MadeRun(folder.resolve("runs/one")).tell(21, 9_999);
    run.write("{\"step\":9999,\"validation\":{\"loss\":7}}\n").tell(10_000, 10_000);
    await(step(10_000));
    assertThat(loss("points=4096").path("x")).hasSizeLessThan(2048);
    assertThat(loss("from=6001&to=6003").path("x").toString())
        .isEqualTo("[6000,6001,6002,6003,6004]");
    assertThat(loss("x=tokens&from=384064&to=384128").path("x").toString())
        .isEqualTo("[384000,384064,384128,384192]");
    assertThat(loss("x=time&from=6000.5&to=6001.5").path("x").toString())
        .isEqualTo("[6000,6001,6002]"); // since the first step
    assertThat(loss("to=2").path("x").toString()).isEqualTo("[1,2,3]");
    JsonNode end = loss("x=tokens&from=639930");
    assertThat(end.path("x").toString()).isEqualTo("[639872,639936,640000]");
    assertThat(curves("name=validation/&x=tokens&from=639930").at("/validation~1loss/x").toString())
        .isEqualTo("[639936]");
    run.tell(10_001, 10_002);
    await(step(10_002));
    assertThat(loss("from=10000").path("x").toString()).isEqualTo("[9999,10000,10001,10002]");
    assertThat(loss("from=20000").path("x").toString()).isEqualTo("[10002]");
  }

  private JsonNode loss(String view) throws IOException, InterruptedException {
    return curves("name=loss&" + view).path("loss");
  }

  private JsonNode curves(String query) throws IOException, InterruptedException {
    return JSON.readTree(get("api/curves?run=runs/one&" + query).body()).path("runs/one");
  }

  /** A resume cuts the file back, and writes other steps behind. */
  @Test
  void aPartIsReadAgainWhereTheFileIsAnother() throws IOException, InterruptedException {
    MadeRun run = new MadeRun(folder.resolve("runs/one")).tell(21, 5_000);
    await(step(5_000));
    assertThat(loss("from=4990&to=4990").at("/mean/1").asDouble()).isLessThan(1);
    Path file = folder.resolve("runs/one/metrics.jsonl");
    NewFile.write(file, Files.readString(file).replace("\"loss\":", "\"loss\":1,\"was\":"));
    await(step(5_000).and(news -> news.at("/runs/0/last/loss").asInt() == 1));
    assertThat(loss("from=4990&to=4990").at("/mean/1").asDouble()).isEqualTo(1);
    run.write("{\"step\":5001,\"lo\n").tell(5_002, 5_002);
    await(step(5_002));
    assertThat(loss("from=5000").at("/mean/2").isNull()).isTrue();
  }

  @Test
  void aDamagedLineIsAGap() throws IOException, InterruptedException {
    new MadeRun(folder.resolve("runs/one")).write("{\"step\":21,\"lo\n").tell(22, 22);
    await(step(22));
    JsonNode told = JSON.readTree(get("api/curves?run=runs/one&name=loss").body());
    assertThat(told.at("/runs~1one/loss/mean/20").isNull()).isTrue();
    assertThat(told.at("/runs~1one/loss/mean/21").isNumber()).isTrue();
  }

  @Test
  void aRunThatCannotBeReadSaysWhyAndOthersGoOn() throws IOException, InterruptedException {
    Path other = MadeRun.of(folder.resolve("runs/torn"), 5).tell(1, 2).path();
    Files.writeString(other.resolve("manifest.json"), "{");
    await(news -> news.path("names").size() == 2);
    JsonNode news = await(_ -> true);
    assertThat(news.at("/runs/1/trouble").asText()).contains("manifest.json is damaged");
    assertThat(news.at("/runs/0/step").asInt()).isEqualTo(20);
  }

  @Test
  void aRunHasItsSettingsAndTheEndOfItsLog() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("runs/one/log.txt"), "first\nlast \u001b[31m\n");
    await(step(20));
    JsonNode run = JSON.readTree(get("api/run?run=runs/one").body());
    assertThat(run.at("/settings/train.steps").asText()).isEqualTo("100 step");
    assertThat(run.path("log").asText()).startsWith("first\nlast ").doesNotContain("\u001b");
    assertThat(get("api/run?run=../../etc").statusCode()).isEqualTo(404);
  }

  @Test
  void thePageIsWholeAndMayLoadNothingElse() throws IOException, InterruptedException {
    HttpResponse<String> page = get("");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(page.body()).contains("<title>swax watch").doesNotContain("http://", "https://");
    for (String file : List.of("main.js", "style.css", "icon.svg", "charts.js")) {
      assertThat(get(file).statusCode()).as(file).isEqualTo(200);
    }
    assertThat(get("nothing.js").statusCode()).isEqualTo(404);
    assertThat(get("page/../WatchServer.class").statusCode()).isEqualTo(404);
    assertThat(get("%2e%2e/package-info.class").statusCode()).isEqualTo(404);
  }

  @Test
  void pagesOfOthersAreRefused() throws IOException, InterruptedException {
    for (String[] header :
        List.of(
            new String[] {"Origin", "http://evil.example"},
            new String[] {"Origin", "null"},
            new String[] {"Sec-Fetch-Site", "cross-site"})) {
      HttpRequest asked = request("api/events").header(header[0], header[1]).build();
      HttpResponse<String> answer = client.send(asked, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(header[0]).isEqualTo(403);
    }
    HttpRequest post = request("").POST(HttpRequest.BodyPublishers.ofString("x")).build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  /** A name of somebody else that leads here: java.net.http lets nobody set it. */
  @Test
  void aHostThatIsNotThisMachineIsRefused() throws IOException {
    int port = URI.create(server().address()).getPort();
    for (String host : List.of("evil.example:" + port, "localhost", "localhost:1", "")) {
      assertThat(firstLine(port, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
          .as(host)
          .contains("403");
    }
    assertThat(firstLine(port, "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n"))
        .contains("200");
  }

  private static String firstLine(int port, String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", port);
        OutputStream out = socket.getOutputStream();
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      out.write(request.getBytes(StandardCharsets.UTF_8));
      return in.readLine();
    }
  }

  @Test
  void questionsThatMeanNothingAreAnsweredSo() throws IOException, InterruptedException {
    assertThat(get("api/curves?run=runs/one&x=loss").statusCode()).isEqualTo(400);
    assertThat(get("api/curves?points=many").body()).contains("`points` is `many`");
    assertThat(get("api/run?run=nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void aBrowserThatGoesAwayLeavesTheOthersAlone() throws IOException, InterruptedException {
    int port = URI.create(server().address()).getPort();
    String request = "GET /api/events HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";
    for (int i = 0; i < 5; i++) {
      assertThat(firstLine(port, request)).contains("200");
    }
    assertThat(await(step(20)).path("names").size()).isOne();
  }

  @Test
  void aPortInUseIsNamed() {
    int port = URI.create(server().address()).getPort();
    assertThatThrownBy(() -> WatchServer.start(List.of(folder), folder, port))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("port %d is in use", port);
  }

  @Test
  void nothingIsWrittenIntoARun() throws IOException, InterruptedException {
    await(step(20));
    get("api/run?run=runs/one");
    try (Stream<Path> files = Files.list(folder.resolve("runs/one"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly("config.txt", "manifest.json", "metrics.jsonl", "run.swax");
    }
  }
}
