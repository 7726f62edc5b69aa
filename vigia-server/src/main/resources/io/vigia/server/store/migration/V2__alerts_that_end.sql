-- An alert ends by a decision (resolved_by) or by quiet; decisions of events up to `closed` still fold into
-- it. What is by the clock is kept in joined_at (its last decision) and repeated_at.
alter table alerts
  add column resolved_at timestamptz,
  add column resolved_by uuid,
  add column closed      timestamptz,
  add column joined_at   timestamptz,
  add column repeats     integer not null default 0,
  add column repeated_at timestamptz;
create index alerts_open on alerts (pipeline, alert, left(group_key, 200)) where resolved_at is null;
