package io.vigia.server.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the router of a table of routes: checks first, then the routes, then files, and a problem
 * for everything else.
 *
 * <p><b>Errors.</b> 404 for an unknown path, 405 with {@code Allow} for an unknown method of a
 * known one, 413 for a body that is too large, 500 with nothing but a number under which the log
 * has the cause.
 */
public final class RouterBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(RouterBuilder.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private RouterBuilder() {}

  /** The router that serves {@code routes}, and {@code files} under every other path. */
  public static Router build(
      Vertx vertx, List<Handler<RoutingContext>> first, List<Route> routes, StaticFiles files) {
    Router router = Router.router(vertx);
    first.forEach(check -> router.route().handler(check));
    Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
    for (Route route : routes) {
      io.vertx.ext.web.Route made = router.route(route.method(), route.routerPath());
      route.handlers().forEach(made::handler);
      methods
          .computeIfAbsent(route.routerPath(), path -> new TreeSet<>())
          .add(route.method().name());
    }
    methods.forEach(
        (path, known) ->
            router.route(path).handler(context -> wrongMethod(context, String.join(", ", known))));
    router.route().handler(files);
    router.route().failureHandler(RouterBuilder::failed);
    router.errorHandler(404, RouterBuilder::unknownPath);
    router.errorHandler(400, context -> failed(context));
    router.errorHandler(500, RouterBuilder::failed);
    return router;
  }

  private static void wrongMethod(RoutingContext context, String known) {
    ProblemAnswer.of(
            405,
            "method-not-allowed",
            "this path does not know the method",
            "%s %s: expected %s"
                .formatted(context.request().method(), context.normalizedPath(), known))
        .allow(known)
        .send(context.response());
  }

  private static void unknownPath(RoutingContext context) {
    ProblemAnswer.notFound(
            "nothing lives at %s; /openapi.json lists what does"
                .formatted(Shown.text(context.request().path())))
        .send(context.response());
  }

  private static void failed(RoutingContext context) {
    int status = context.statusCode();
    if (context.response().closed()) {
      LOG.debug("the client has gone", context.failure());
    } else if (status == 413) {
      tooLarge(context);
    } else if (status >= 400 && status < 500) {
      ProblemAnswer.of(
              status, "bad-request", "the request cannot be understood", "malformed request")
          .send(context.response());
    } else {
      broken(context);
    }
  }

  private static void tooLarge(RoutingContext context) {
    Long limit = context.get(BodyLimit.LIMIT_KEY);
    ProblemAnswer.of(
            413,
            "too-large",
            "the body is too large",
            limit == null
                ? "the body is larger than is taken here"
                : "the body is larger than the %d bytes that are taken here".formatted(limit))
        .send(context.response());
  }

  private static void broken(RoutingContext context) {
    String number = Integer.toHexString(RANDOM.nextInt() | 0x1000_0000);
    LOG.error(
        "error {}: {} {} failed",
        number,
        context.request().method(),
        Shown.text(context.request().path()),
        context.failure());
    ProblemAnswer.of(
            500,
            "internal-error",
            "something is wrong on this side",
            "the log has the cause under error " + number)
        .with("instance", "urn:vigia:error:" + number)
        .send(context.response());
  }
}
