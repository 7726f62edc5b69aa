-- What a topic was like at its first use. Another id under the same name means that it was made anew.
create table topics (
  name       text primary key,
  partitions integer not null,
  id         text not null
);

-- How far the decisions topics are stored. Written in the same transaction as what was read, and only by
-- who knows the number that stands there: a gateway that has lost its partition cannot write any more.
create table positions (
  topic       text    not null,
  partition   integer not null,
  next_offset bigint  not null,
  primary key (topic, partition)
) with (fillfactor = 50);

-- The effective decisions: the first one of each id. `body` is the decision as it came through the log,
-- byte for byte; the columns beside it are for looking it up.
create table decisions (
  id              uuid        primary key,
  pipeline        text        not null,
  stream          text        not null,
  key             text        not null,
  event_id        text        not null,
  time            timestamptz not null,
  outcome         text        not null,
  score           bigint      not null,
  rules           text[]      not null,
  version         integer     not null,
  event_partition integer     not null,
  event_offset    bigint      not null,
  body            bytea       not null
);
create index decisions_by_time on decisions (time, id);
create index decisions_by_key on decisions (left(key, 200), time, id);
create index decisions_with_rules on decisions (time, id) where rules <> '{}';
create index decisions_by_position on decisions (pipeline, stream, event_partition, event_offset);

-- What was answered in place of a decision that did not come in time.
create table answers (
  id       uuid primary key,
  pipeline text not null,
  answered text not null
);

-- What has passed, counted in the transaction that stored it.
create table totals (
  pipeline text   not null,
  kind     text   not null,
  name     text   not null,
  n        bigint not null,
  primary key (pipeline, kind, name)
) with (fillfactor = 50);

-- Records of the decisions topics that could not be read or stored: kept, counted, in nobody's way.
create table unstored (
  topic     text    not null,
  partition integer not null,
  "offset"  bigint  not null,
  reason    text    not null,
  body      bytea,
  primary key (topic, partition, "offset")
);

create table alerts (
  id          uuid        primary key,
  pipeline    text        not null,
  alert       text        not null,
  group_key   text        not null,  -- the group as JSON: {"card":"c1"}
  outcome     text        not null,
  time        timestamptz not null,  -- of the event
  raised_at   timestamptz not null,  -- by the clock
  decision    uuid        not null,
  reasons     text[]      not null,
  count       bigint      not null,
  published   boolean     not null default false
);
create index alerts_by_time on alerts (time, id);
create index alerts_by_group on alerts (pipeline, alert, left(group_key, 200), time);
create index alerts_to_publish on alerts (raised_at) where not published;
