package io.vigia.server.store;

import io.vigia.server.http.ProblemAnswer;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sender is told when the store could not do what was asked. */
public final class StoreFailure {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFailure.class);
  private static final String QUERY_CANCELLED = "57014";

  private StoreFailure() {}

  /** The answer to a request that failed in the store. */
  public static ProblemAnswer of(Throwable failure) {
    if (failure instanceof RejectedExecutionException) {
      return ProblemAnswer.tooMany("too many requests wait for the store");
    }
    if (failure instanceof SQLTimeoutException
        || (failure instanceof SQLException sql && QUERY_CANCELLED.equals(sql.getSQLState()))) {
      return ProblemAnswer.unavailable(
              "store-slow",
              "the store takes too long",
              "the query took too long; narrow it by since and until")
          .retryAfter(Duration.ofSeconds(5));
    }
    LOG.warn("the store did not answer a request: {}", Reason.of(failure));
    return ProblemAnswer.unavailable(
            "store-away",
            "the store does not answer",
            "PostgreSQL does not answer at the moment; decisions go on and are stored later")
        .retryAfter(Duration.ofSeconds(5));
  }
}
