package io.vigia.server.alert;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.AlertSpan;
import io.vigia.core.event.EventId;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.alert.AlertEnds.Resolution;
import io.vigia.server.alert.AlertTable.Group;
import io.vigia.server.alert.AlertTable.Span;
import io.vigia.server.store.DecisionIds;
import io.vigia.server.store.DecisionRow;
import io.vigia.server.store.EffectiveDecisions;
import io.vigia.server.store.Totals;
import io.vigia.wire.decision.DecisionView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Raises the alerts of effective decisions, in the transaction that stores them.
 *
 * <p><b>Bounds.</b> What a decision does to the alerts of its group is said by {@link AlertSpan}.
 * Three statements for each batch with alerts.
 */
public final class AlertBook implements EffectiveDecisions {
  private final Map<String, CompiledPipeline> pipelines;
  private final InstantSource clock;
  private final Runnable raised;
  private final Consumer<Alert> grown;
  private final List<Alert> pending = new ArrayList<>();

  /**
   * A book for some pipelines' alerts.
   *
   * @param raised is called after a transaction that may have raised alerts
   * @param grown is told, after the transaction, the alerts that decisions were folded into
   */
  public AlertBook(
      Map<String, CompiledPipeline> pipelines,
      InstantSource clock,
      Runnable raised,
      Consumer<Alert> grown) {
    this.pipelines = Map.copyOf(pipelines);
    this.clock = clock;
    this.raised = raised;
    this.grown = grown;
  }

  @Override
  public void storing(Connection connection, List<DecisionRow> decisions, Counter counter)
      throws SQLException {
    pending.clear();
    List<Candidate> candidates = candidates(decisions);
    if (candidates.isEmpty()) {
      return;
    }
    Set<String> pipelines = new HashSet<>();
    candidates.forEach(candidate -> pipelines.add(candidate.group.pipeline()));
    AlertTable.lock(connection, pipelines);
    Instant now = clock.instant();
    Folding folding = new Folding(now);
    AlertTable.find(connection, spans(candidates)).forEach(folding::known);
    candidates.forEach(folding::take);
    // First those that were there before: what is new knows its end already.
    AlertEnds.resolve(connection, folding.resolutions, now);
    AlertTable.insert(connection, folding.raised());
    AlertTable.add(connection, folding.folded, now);
    pending.addAll(folding.grown());
    folding
        .raised()
        .forEach(alert -> counter.count(alert.pipeline(), Totals.ALERT, alert.alert(), 1));
  }

  @Override
  public void stored() {
    raised.run();
    pending.forEach(grown);
    pending.clear();
  }

  private List<Candidate> candidates(List<DecisionRow> decisions) {
    List<Candidate> candidates = new ArrayList<>();
    for (DecisionRow row : decisions) {
      DecisionView decision = row.view();
      CompiledPipeline pipeline = pipelines.get(decision.pipeline());
      if (pipeline == null) {
        continue;
      }
      for (AlertDefinition alert : pipeline.alerts()) {
        String name = alert.name().value();
        boolean raises = alert.isRaisedBy(decision.outcome());
        if (raises || decision.resolves().contains(name)) {
          String key =
              AlertGroup.of(
                  pipeline.decidedStream(decision.stream()), decision.values(), alert.groupBy());
          candidates.add(
              new Candidate(alert, new Group(decision.pipeline(), name, key), row, raises));
        }
      }
    }
    return candidates;
  }

  private static List<Span> spans(List<Candidate> candidates) {
    Map<Group, Span> spans = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      Instant time = candidate.time();
      spans.merge(
          candidate.group,
          new Span(candidate.group, time, time).with(time, candidate.alert.cooldownMs()),
          (span, same) -> span.with(time, candidate.alert.cooldownMs()));
    }
    return List.copyOf(spans.values());
  }

  private static Alert raise(Candidate candidate, Instant now) {
    DecisionView decision = candidate.row.view();
    String name = candidate.group.alert();
    String id = EventId.of(decision.pipeline(), "alert", name, decision.id()).toString();
    return new Alert(
        Optional.ofNullable(DecisionIds.parse(id)).orElseThrow(),
        decision.pipeline(),
        name,
        candidate.group.key(),
        decision.outcome(),
        candidate.time(),
        now,
        candidate.row.id(),
        decision.reasons().stream().filter(reason -> !reason.isEmpty()).toList(),
        1,
        0,
        null);
  }

  /** A decision that raises an alert, or else ends it. */
  private record Candidate(AlertDefinition alert, Group group, DecisionRow row, boolean raises) {
    Instant time() {
      return Instant.ofEpochMilli(row.view().timeMs());
    }
  }

  /** The alerts of one transaction while decisions fold into them and end them. */
  private static final class Folding {
    final Map<UUID, Long> folded = new HashMap<>();
    final List<Resolution> resolutions = new ArrayList<>();
    private final Instant now;
    private final Map<Group, List<Alert>> byGroup = new HashMap<>();
    private final Map<UUID, Group> fresh = new LinkedHashMap<>();

    Folding(Instant now) {
      this.now = now;
    }

    void known(Alert alert) {
      byGroup
          .computeIfAbsent(
              new Group(alert.pipeline(), alert.alert(), alert.group()), group -> new ArrayList<>())
          .add(alert);
    }

    void take(Candidate candidate) {
      if (candidate.raises) {
        raiseOrFold(candidate);
      } else {
        end(new Resolution(candidate.group, candidate.row.id(), candidate.time()));
      }
    }

    private void end(Resolution resolution) {
      resolutions.add(resolution);
      byGroup
          .getOrDefault(resolution.group(), new ArrayList<>())
          .replaceAll(alert -> resolution.covers(alert) ? alert.ended(resolution.end(now)) : alert);
    }

    private void raiseOrFold(Candidate candidate) {
      List<Alert> ofGroup = byGroup.getOrDefault(candidate.group, List.of());
      Optional<Alert> within =
          AlertSpan.joined(
              ofGroup, Alert::span, candidate.row.view().timeMs(), candidate.alert.cooldownMs());
      if (within.isEmpty()) {
        Alert alert = raise(candidate, now);
        known(alert);
        fresh.put(alert.id(), candidate.group);
      } else {
        Alert alert = within.get();
        ofGroup.set(ofGroup.indexOf(alert), alert.counted(alert.count() + 1));
        if (!fresh.containsKey(alert.id())) {
          folded.merge(alert.id(), 1L, Long::sum);
        }
      }
    }

    List<Alert> raised() {
      return fresh.entrySet().stream().map(each -> find(each.getValue(), each.getKey())).toList();
    }

    private Alert find(Group group, UUID id) {
      return byGroup.getOrDefault(group, List.of()).stream()
          .filter(alert -> alert.id().equals(id))
          .findFirst()
          .orElseThrow();
    }

    List<Alert> grown() {
      return byGroup.values().stream()
          .flatMap(List::stream)
          .filter(alert -> folded.containsKey(alert.id()))
          .toList();
    }
  }
}
