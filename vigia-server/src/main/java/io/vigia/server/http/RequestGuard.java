package io.vigia.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a foreign web page could make a browser send, and sets the headers of every answer.
 *
 * <p><b>Errors.</b> 403 for a {@code Host} that is none of ours, and for a writing request whose
 * {@code Origin} is another than the host it goes to.
 */
public final class RequestGuard implements Handler<RoutingContext> {
  /*
   * Listening on the loopback interface is no protection by itself: a page that the user visits can
   * have its own name resolve to 127.0.0.1 (DNS rebinding) and read the answers, or post a form
   * without reading them. Against the first the Host header must be an address, which cannot be
   * rebound, or a name of this server; against the second the Origin header, which browsers send
   * with every writing request to elsewhere, must name the same host.
   */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src"
          + " 'none'";

  private final Set<String> hosts;

  /**
   * Serves requests to the loopback names and to {@code hosts}.
   *
   * @param hosts further names; with {@code *} every name is served
   */
  public RequestGuard(Set<String> hosts) {
    Set<String> names = new HashSet<>(LOOPBACK);
    hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
    this.hosts = Set.copyOf(names);
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    context
        .response()
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    @Nullable HostAndPort authority = request.authority();
    if (authority == null || !isOurs(authority.host())) {
      ProblemAnswer.of(
              403,
              "foreign-host",
              "this host is not served here",
              "the request is for host '%s'; use localhost or the address that was configured"
                  .formatted(Shown.text(authority == null ? "" : authority.host())))
          .send(context.response());
    } else if (isWriting(request.method()) && isForeign(request, authority)) {
      ProblemAnswer.of(
              403,
              "foreign-origin",
              "pages of other sites may not write here",
              "the request comes from a page of '%s'"
                  .formatted(Shown.text(request.getHeader(HttpHeaders.ORIGIN))))
          .send(context.response());
    } else {
      context.next();
    }
  }

  private boolean isOurs(String host) {
    return hosts.contains("*")
        || hosts.contains(host.toLowerCase(Locale.ROOT))
        || host.startsWith("[")
        || IPV4.matcher(host).matches();
  }

  private static boolean isWriting(HttpMethod method) {
    return !READING.contains(method);
  }

  private static boolean isForeign(HttpServerRequest request, HostAndPort authority) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      return false;
    }
    int scheme = origin.indexOf("://");
    String host = request.getHeader(HttpHeaders.HOST);
    String target = host == null ? authority.toString() : host;
    return scheme < 0 || !origin.substring(scheme + 3).equalsIgnoreCase(target);
  }
}
