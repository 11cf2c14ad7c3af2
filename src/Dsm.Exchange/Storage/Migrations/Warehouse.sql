-- Data flows that hold data. version and changed_at tell readers whether anything is new.
CREATE TABLE flow (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    urn         text NOT NULL UNIQUE,
    dimensions  text[] NOT NULL,                -- ids of the dimensions, in the order of series.codes
    version     bigint NOT NULL DEFAULT 0,
    changed_at  timestamptz
);

-- Provision agreements that data came under.
CREATE TABLE agreement (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    urn         text NOT NULL UNIQUE,
    flow_id     integer NOT NULL REFERENCES flow,
    state       text,                           -- state the provider reports for; null: not bound to one
    released_at timestamptz NOT NULL DEFAULT '-infinity'  -- before: seen only by those who see restricted data of the state
);

-- One row a submission that changed the warehouse. published_at ascends in the order of commits.
CREATE TABLE publication (
    submission_id bigint PRIMARY KEY,
    flow_id       integer NOT NULL REFERENCES flow,
    published_at  timestamptz NOT NULL UNIQUE
);
CREATE INDEX ix_publication_flow ON publication (flow_id, published_at);

-- A series belongs for ever to the agreement that first brought it.
CREATE SEQUENCE series_id_seq;
CREATE TABLE series (
    id           bigint PRIMARY KEY DEFAULT nextval('series_id_seq'),
    flow_id      integer NOT NULL,
    agreement_id integer NOT NULL,
    key          text COLLATE "C" NOT NULL,     -- codes joined by dots
    codes        text[] NOT NULL,
    ref_area     text                           -- reporting state, for access
);
ALTER SEQUENCE series_id_seq OWNED BY series.id;
CREATE UNIQUE INDEX ux_series_key ON series (flow_id, key);
CREATE INDEX ix_series_agreement ON series (agreement_id);

-- Versions of the attributes above the observation.
CREATE TABLE series_attributes (
    series_id     bigint NOT NULL,
    submission_id bigint NOT NULL,              -- brought it
    closed_by     bigint,                       -- ended it; null while current
    is_restricted boolean NOT NULL,
    embargo_until timestamptz,
    attributes    jsonb NOT NULL,
    PRIMARY KEY (series_id, submission_id)
);
CREATE INDEX ix_series_attributes_submission ON series_attributes (submission_id);
CREATE INDEX ix_series_attributes_embargo ON series_attributes (embargo_until) WHERE embargo_until IS NOT NULL;
CREATE INDEX ix_series_attributes_closed ON series_attributes (closed_by) WHERE closed_by IS NOT NULL;

-- Versions of the observations of a series, a stretch of time (chunk) each. Nothing is overwritten: a version is closed by a submission.
CREATE TABLE series_chunk (
    series_id        bigint NOT NULL,
    submission_id    bigint NOT NULL,           -- brought it
    closed_by        bigint,                    -- ended it; null while current
    chunk            integer NOT NULL,
    observations     integer NOT NULL,
    restricted       integer NOT NULL,          -- of them, those that are not free
    first_start      date NOT NULL,
    last_end         date NOT NULL,
    free_last_end    date,                      -- of the free ones
    last_period      text NOT NULL,
    free_last_period text,
    content_hash     bytea NOT NULL,
    periods          text[] NOT NULL,           -- ascending
    numbers          numeric[] NOT NULL,        -- null where nothing, NaN or a text was sent
    texts            text[],                    -- null when all that was sent is in numbers
    attributes       jsonb NOT NULL,            -- id: value, or id: {"": usual value, "3": value of the third}
    PRIMARY KEY (series_id, chunk, submission_id)
) WITH (toast_tuple_target = 8160, autovacuum_analyze_scale_factor = 0.05);
CREATE UNIQUE INDEX ux_series_chunk_current ON series_chunk (series_id, chunk) WHERE closed_by IS NULL;
CREATE INDEX ix_series_chunk_submission ON series_chunk (submission_id);
CREATE INDEX ix_series_chunk_closed ON series_chunk (closed_by) WHERE closed_by IS NOT NULL;

-- Bytes as received, each content once.
CREATE TABLE content (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256 text UNIQUE,
    length bigint NOT NULL
);
CREATE TABLE content_part (
    content_id    bigint NOT NULL REFERENCES content ON DELETE CASCADE,
    ordinal       integer NOT NULL,
    is_compressed boolean NOT NULL,             -- gzip
    bytes         bytea NOT NULL,
    PRIMARY KEY (content_id, ordinal)
);
ALTER TABLE content_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- One row an observation and version, for SQL.
CREATE VIEW observation_history AS
SELECT f.urn AS flow, a.urn AS agreement, s.id AS series_id, s.key, s.codes, u.period, u.number, u.text,
       (SELECT jsonb_object_agg(e.key, v.value)
          FROM jsonb_each(c.attributes) e
         CROSS JOIN LATERAL (SELECT CASE jsonb_typeof(e.value) WHEN 'object' THEN coalesce(e.value -> u.n::text, e.value -> '') ELSE e.value END AS value) v
         WHERE jsonb_typeof(v.value) = 'string') AS attributes,
       c.submission_id, b.published_at AS valid_from, c.closed_by, coalesce(x.published_at, 'infinity') AS valid_to
  FROM series_chunk c
  JOIN series s ON s.id = c.series_id
  JOIN flow f ON f.id = s.flow_id
  JOIN agreement a ON a.id = s.agreement_id
  JOIN publication b ON b.submission_id = c.submission_id
  LEFT JOIN publication x ON x.submission_id = c.closed_by
 CROSS JOIN LATERAL unnest(c.periods, c.numbers, c.texts) WITH ORDINALITY AS u (period, number, text, n);

CREATE VIEW observation AS
SELECT flow, agreement, series_id, key, codes, period, number, text, attributes, submission_id, valid_from
  FROM observation_history
 WHERE closed_by IS NULL;
