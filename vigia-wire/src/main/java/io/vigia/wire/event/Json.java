package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** How this package reads and writes JSON. */
final class Json {
  /*
   * Reading: the whole is limited to EventLimits.EVENT_BYTES and everything in it that we keep has a
   * limit of its own, told with the field's name, so Jackson's limits on texts and numbers stay out
   * of the way. Names are the exception, Jackson keeps a table of them across events.
   *
   * Writing: decimals without exponent, doubles by Schubfach (the shortest text that reads back to
   * the same double; Double.toString of Java 17 is not always), several values one after the other
   * without anything between them.
   */
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(EventLimits.NAME_CHARS)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .rootValueSeparator((String) null)
          .build();

  private Json() {}
}
