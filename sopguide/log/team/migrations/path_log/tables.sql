-- The tables. Nobody writes to them but the functions of shipping.sql and people.sql.

CREATE TABLE sopguide.store (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    made timestamptz NOT NULL DEFAULT now()
);
INSERT INTO sopguide.store DEFAULT VALUES;

CREATE TABLE sopguide.people (
    person integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login text NOT NULL UNIQUE CHECK (login <> ''),
    agent text NOT NULL CHECK (agent <> ''),
    org text NOT NULL CHECK (org <> ''),
    vendor text NOT NULL CHECK (vendor <> ''),
    roles text[] NOT NULL CHECK (roles <@ '{agent,trainer,lead,quality,admin}'),
    all_vendors boolean NOT NULL DEFAULT false CHECK (NOT all_vendors OR vendor = 'in-house'),
    since timestamptz NOT NULL DEFAULT now(),
    UNIQUE (org, vendor, agent)
);

-- One row an event. `org`, `vendor` and `agent` are the server's word, `said_*` the writer's,
-- which the chain was made over. The key begins with the person, so that nobody can find out, or
-- stand in the way of, an id of somebody else. `at` is the id's own time.
CREATE TABLE sopguide.events (
    person integer NOT NULL,
    at timestamptz NOT NULL,
    id uuid NOT NULL CHECK (substr(id::text, 15, 1) = '7'),
    walk uuid NOT NULL,
    seq integer NOT NULL CHECK (seq >= 0),
    org text NOT NULL,
    vendor text NOT NULL,
    agent text,
    v smallint NOT NULL,
    wall bigint NOT NULL,
    mono bigint NOT NULL,
    mode text NOT NULL,
    ticket text,
    sop text NOT NULL,
    version text NOT NULL,
    hash text NOT NULL,
    channel text,
    locale text,
    type text NOT NULL,
    more integer,
    data json NOT NULL,
    said_org text,
    said_vendor text,
    said_agent text,
    salt text,
    chain text,
    kept json,
    keys json,
    journal text,
    place integer,
    shipped timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person, id, at)
) PARTITION BY RANGE (at);
CREATE INDEX events_walk ON sopguide.events (walk, seq);
CREATE INDEX events_journal ON sopguide.events (person, journal, place);

-- For times that no month is made for: far from now, by a clock that was wrong.
CREATE TABLE sopguide.events_other PARTITION OF sopguide.events DEFAULT;
ALTER TABLE sopguide.events_other ENABLE ROW LEVEL SECURITY;

-- What the product did with the log itself: exports, erasures, changes of roles.
CREATE TABLE sopguide.acts (
    LIKE sopguide.events INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    PRIMARY KEY (person, id)
);

-- One row a walk, kept by the shipping, so that finding walks reads no events.
CREATE TABLE sopguide.walks (
    person integer NOT NULL,
    walk uuid NOT NULL,
    org text NOT NULL,
    vendor text NOT NULL,
    agent text,
    mode text NOT NULL,
    ticket text,
    sop text NOT NULL,
    version text NOT NULL,
    hash text NOT NULL,
    first_seq integer NOT NULL,
    last_seq integer NOT NULL,
    started bigint NOT NULL,
    last bigint NOT NULL,
    ended boolean NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (person, walk)
);
CREATE INDEX walks_walk ON sopguide.walks (walk);
CREATE INDEX walks_last ON sopguide.walks (last, walk, person);
CREATE INDEX walks_person ON sopguide.walks (person, last);
CREATE INDEX walks_vendor ON sopguide.walks (vendor, last);
CREATE INDEX walks_sop ON sopguide.walks (sop, last);
CREATE INDEX walks_ticket ON sopguide.walks (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX walks_going ON sopguide.walks (last) WHERE NOT ended;

-- Each vendor has copies of its own, so that nobody learns of another's procedures.
CREATE TABLE sopguide.forms (
    org text NOT NULL,
    vendor text NOT NULL,
    hash text NOT NULL CHECK (hash = encode(sha256(form), 'hex')),
    form bytea NOT NULL,
    PRIMARY KEY (org, vendor, hash)
);

CREATE TABLE sopguide.remarks (
    person integer NOT NULL,
    id uuid NOT NULL,
    org text NOT NULL,
    vendor text NOT NULL,
    agent text,
    walk uuid NOT NULL,
    kind text NOT NULL,
    about text,
    step text NOT NULL,
    part text NOT NULL,
    sop text NOT NULL,
    version text NOT NULL,
    hash text NOT NULL,
    owner text NOT NULL,
    mode text NOT NULL,
    at bigint NOT NULL,
    text text NOT NULL,
    removed text[] NOT NULL,
    PRIMARY KEY (person, id)
);
CREATE INDEX remarks_at ON sopguide.remarks (at);

-- How far a journal had come, and its chain there. Rows are only added, and only further on.
CREATE TABLE sopguide.heads (
    person integer NOT NULL,
    journal text NOT NULL,
    records integer NOT NULL,
    org text NOT NULL,
    vendor text NOT NULL,
    chain text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person, journal, records)
);

CREATE VIEW sopguide.latest_heads WITH (security_invoker = true) AS
    SELECT DISTINCT ON (person, journal) person, journal, records, chain, at
    FROM sopguide.heads ORDER BY person, journal, records DESC;
