package io.vigia.cli.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a running Vigia, {@code http://127.0.0.1:8080}, without a slash at its end. */
public record Address(URI uri) {
  /** Where {@code vigia run} listens unless told otherwise. */
  public static final String DEFAULT = "http://127.0.0.1:8080";

  /** Reads the option; {@code localhost:8080} is taken too. */
  public static final class Converter implements ITypeConverter<Address> {
    @Override
    public Address convert(String value) {
      return of(value);
    }
  }

  /** Reads an address. */
  public static Address of(String value) {
    String url = value.contains("://") ? value : "http://" + value;
    try {
      URI uri = new URI(url.replaceAll("/+$", ""));
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getQuery() == null) {
        return new Address(uri);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new TypeConversionException(
        "expected an address such as " + DEFAULT + ", found '" + value + "'");
  }

  /** A place there; the path begins with a slash. */
  public URI at(String path) {
    return URI.create(uri + path);
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
