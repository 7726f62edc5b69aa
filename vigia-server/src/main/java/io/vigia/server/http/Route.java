package io.vigia.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * One thing that can be asked over HTTP.
 *
 * <p><b>Shape.</b> {@code path} is written as OpenAPI writes it, {@code /v1/decisions/{id}}; the
 * handlers run one after the other.
 */
public record Route(HttpMethod method, String path, List<Handler<RoutingContext>> handlers) {
  public Route {
    handlers = List.copyOf(handlers);
  }

  /** A reading request with one handler. */
  public static Route get(String path, Handler<RoutingContext> handler) {
    return new Route(HttpMethod.GET, path, List.of(handler));
  }

  /** The path as the router writes it, {@code /v1/decisions/:id}. */
  String routerPath() {
    return path.replaceAll("\\{(\\w+)}", ":$1");
  }
}
