package io.vigia.server;

import io.vigia.server.answer.DecisionListener;
import io.vigia.server.answer.RecentDecisions;
import io.vigia.server.live.LiveFeed;

/** Who is told of what passes through the decisions topics, besides the senders that wait. */
record Onlookers(LiveFeed live, Probers probers, RecentDecisions recent)
    implements DecisionListener.Onlooker {
  @Override
  public void decided(String pipeline, byte[] decision) {
    live.decided(pipeline, decision);
  }

  @Override
  public void probeReturned(String pipeline, long number) {
    if (probers.returned(pipeline, number)) {
      recent.trust();
    }
  }
}
