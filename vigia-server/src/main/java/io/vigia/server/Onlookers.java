package io.vigia.server;

import io.vigia.server.answer.DecisionListener;
import io.vigia.server.answer.RecentDecisions;
import io.vigia.server.health.Prober;
import io.vigia.server.live.LiveFeed;
import java.util.Map;

/** Who is told of what passes through the decisions topics, besides the senders that wait. */
record Onlookers(LiveFeed live, Map<String, Prober> probers, RecentDecisions recent)
    implements DecisionListener.Onlooker {
  @Override
  public void decided(String pipeline, byte[] decision) {
    live.decided(pipeline, decision);
  }

  @Override
  public void probeReturned(String pipeline, long number) {
    Prober prober = probers.get(pipeline);
    if (prober != null) {
      prober.returned(number, System.nanoTime());
      if (probers.values().stream().allMatch(Prober::isOpen)) {
        recent.trust();
      }
    }
  }
}
