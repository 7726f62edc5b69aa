package io.vigia.server.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page's files, read into memory at the start: no request ever touches a disk or names a path
 * there.
 *
 * <p><b>Shape.</b> {@code index.html} of the class path's folder {@code web} at {@code /}, the
 * other files of that folder under {@code /assets/}, and some of the uPlot library under {@code
 * /assets/uplot/}.
 *
 * <p><b>Units and bounds.</b> All files together, some hundred kilobytes. Browsers ask each time
 * whether a file has changed and are answered 304 by its hash.
 */
public final class StaticFiles implements Handler<RoutingContext> {
  private static final String FOLDER = "web";
  private static final String INDEX = "index.html";
  private static final String ASSETS = "/assets/";
  private static final String UPLOT = "META-INF/resources/webjars/uplot/";
  private static final List<String> UPLOT_FILES =
      List.of("uPlot.iife.min.js", "uPlot.esm.js", "uPlot.min.css");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"));

  private final Map<String, StaticFile> files;

  private StaticFiles(Map<String, StaticFile> files) {
    this.files = Map.copyOf(files);
  }

  /** Reads the files of the class path. */
  public static StaticFiles load() {
    ClassLoader loader = StaticFiles.class.getClassLoader();
    Map<String, StaticFile> files = new TreeMap<>();
    try {
      URL folder = loader.getResource(FOLDER + "/" + INDEX);
      if (folder != null) {
        readFolder(folder, files);
      }
      readUplot(loader, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StaticFiles(files);
  }

  /** The paths that are served. */
  public List<String> paths() {
    return files.keySet().stream().sorted().toList();
  }

  @Override
  public void handle(RoutingContext context) {
    boolean head = context.request().method().equals(HttpMethod.HEAD);
    StaticFile file = files.get(context.normalizedPath());
    if (file == null || !(head || context.request().method().equals(HttpMethod.GET))) {
      context.next();
      return;
    }
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.ETAG, file.tag())
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .putHeader(HttpHeaders.CONTENT_TYPE, file.type());
    String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(file.tag())) {
      response.setStatusCode(304).end();
    } else if (head) {
      response
          .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(file.content().length()))
          .end();
    } else {
      response.end(file.content());
    }
  }

  private static void readFolder(URL index, Map<String, StaticFile> files) throws IOException {
    URI uri = uri(index);
    if (!"jar".equals(uri.getScheme())) {
      Path parent = Path.of(uri).getParent();
      if (parent != null) {
        walk(parent, files);
      }
      return;
    }
    String text = uri.toString();
    try (FileSystem jar =
        FileSystems.newFileSystem(URI.create(text.substring(0, text.indexOf('!'))), Map.of())) {
      walk(jar.getPath("/" + FOLDER), files);
    }
  }

  private static void walk(Path root, Map<String, StaticFile> files) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        String name = root.relativize(path).toString().replace('\\', '/');
        files.put(name.equals(INDEX) ? "/" : ASSETS + name, file(name, Files.readAllBytes(path)));
      }
    }
  }

  private static void readUplot(ClassLoader loader, Map<String, StaticFile> files)
      throws IOException {
    String version = version(loader);
    if (version == null) {
      return;
    }
    for (String name : UPLOT_FILES) {
      try (InputStream content = loader.getResourceAsStream(UPLOT + version + "/dist/" + name)) {
        if (content != null) {
          files.put("/assets/uplot/" + name, file(name, content.readAllBytes()));
        }
      }
    }
  }

  /** The library's version stands in its path; its own metadata tells which. */
  private static @Nullable String version(ClassLoader loader) throws IOException {
    try (InputStream metadata =
        loader.getResourceAsStream("META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
      if (metadata == null) {
        return null;
      }
      java.util.Properties properties = new java.util.Properties();
      properties.load(metadata);
      return properties.getProperty("version");
    }
  }

  private static StaticFile file(String name, byte[] content) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.getOrDefault(extension, "application/octet-stream");
    return new StaticFile(type, tag(content), Buffer.buffer(content));
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static URI uri(URL url) throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private record StaticFile(String type, String tag, Buffer content) {}
}
