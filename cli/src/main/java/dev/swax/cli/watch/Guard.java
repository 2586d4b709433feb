package dev.swax.cli.watch;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses what a page of somebody else could make a browser ask. Such a page may let its own name
 * point to this machine, so the name that was asked for has to be one of ours; and a browser says
 * on whose behalf it asks.
 */
final class Guard {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Set<String> hosts;
  private final Set<String> origins;

  /** Of a server on this port of the loopback. */
  Guard(int port) {
    List<String> names = List.of("localhost", "127.0.0.1", "[::1]");
    this.hosts = Set.copyOf(names.stream().map(name -> name + ":" + port).toList());
    this.origins = Set.copyOf(hosts.stream().map("http://"::concat).toList());
  }

  /** An HTTP status and its reason, where the request is refused. */
  record Refusal(int status, String reason) {}

  Optional<Refusal> refusal(HttpExchange exchange) {
    String host = header(exchange, "Host").orElse("");
    if (!hosts.contains(host)) {
      return Optional.of(
          new Refusal(403, "this page is only for http://localhost, not for `%s`".formatted(host)));
    }
    Optional<String> origin = header(exchange, "Origin").filter(name -> !origins.contains(name));
    Optional<String> site =
        header(exchange, "Sec-Fetch-Site").filter(name -> !OWN_SITES.contains(name));
    boolean navigates = header(exchange, "Sec-Fetch-Mode").filter("navigate"::equals).isPresent();
    if (origin.isPresent() || (site.isPresent() && !navigates)) {
      return Optional.of(new Refusal(403, "other pages may not ask this one"));
    }
    return METHODS.contains(exchange.getRequestMethod())
        ? Optional.empty()
        : Optional.of(new Refusal(405, "only GET and HEAD: this page changes nothing"));
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }
}
