package io.vigia.server.store;

import io.vigia.wire.decision.DecisionView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is stored: its bytes as they came through the log, and what they say.
 *
 * <p><b>Errors.</b> Bytes that are no decision are an {@link IllegalArgumentException}.
 */
public record DecisionRow(UUID id, DecisionView view, byte[] body) {

  static DecisionRow read(byte @Nullable [] body) {
    byte[] bytes = present(body);
    DecisionView view = DecisionView.read(bytes);
    return new DecisionRow(DecisionIds.of(view.id()), view, bytes);
  }

  static byte[] present(byte @Nullable [] body) {
    if (body == null) {
      throw new IllegalArgumentException("the record is empty");
    }
    return body;
  }
}
