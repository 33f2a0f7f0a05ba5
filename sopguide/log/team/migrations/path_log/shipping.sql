-- Taking in what a machine's log ships. Whatever a record claims, the server says whose it is.

-- The time that a UUIDv7 was made at.
CREATE FUNCTION sopguide.time_of(id uuid) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT to_timestamp(
          ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) $$;

-- Makes the partition of a month, unless it is too far from now; what came for it before moves in.
CREATE FUNCTION sopguide.keep_month(month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    name text := to_char(month, '"events_"YYYY_MM');
    after date := month + interval '1 month';
BEGIN
    IF to_regclass('sopguide.' || name) IS NOT NULL
        OR month < '2020-01-01' OR month > now() + interval '1 month' THEN
        RETURN;
    END IF;
    -- One at a time; nobody who ships into other months waits for it.
    LOCK TABLE sopguide.events IN SHARE UPDATE EXCLUSIVE MODE;
    IF to_regclass('sopguide.' || name) IS NOT NULL THEN
        RETURN; -- another session was faster
    END IF;
    EXECUTE format('CREATE TABLE sopguide.%I (LIKE sopguide.events INCLUDING DEFAULTS'
                   ' INCLUDING CONSTRAINTS)', name);
    EXECUTE format('WITH moved AS (DELETE FROM sopguide.events_other WHERE at >= %L AND at < %L'
                   ' RETURNING *) INSERT INTO sopguide.%I SELECT * FROM moved',
                   month::timestamptz, after::timestamptz, name);
    EXECUTE format('ALTER TABLE sopguide.events ATTACH PARTITION sopguide.%I'
                   ' FOR VALUES FROM (%L) TO (%L)',
                   name, month::timestamptz, after::timestamptz);
    EXECUTE format('ALTER TABLE sopguide.%I ENABLE ROW LEVEL SECURITY', name);
END
$$;

-- Who ships; an error for a login that walks nothing.
CREATE FUNCTION sopguide.shipper() RETURNS sopguide.people
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE who sopguide.people;
BEGIN
    SELECT * INTO who FROM sopguide.people WHERE person = sopguide.me();
    IF who.person IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this login may ship nothing';
    END IF;
    RETURN who;
END
$$;

-- Stores those of these records that are not there yet, all or none; how many were new. `lines` is
-- an array of records as the journals have them, `journals` and `places` say where each stands.
-- `months` are those that the records are of: partitions are made for them, nothing else.
CREATE FUNCTION sopguide.ship(lines json, journals text[], places integer[], months date[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
    who sopguide.people := sopguide.shipper();
    month date;
    stored integer;
BEGIN
    FOREACH month IN ARRAY months LOOP
        PERFORM sopguide.keep_month(date_trunc('month', month)::date);
    END LOOP;
    WITH sent AS MATERIALIZED (
        SELECT s.*, sopguide.time_of(id) AS at
        FROM ROWS FROM (
            json_to_recordset(lines) AS (
                v smallint, id uuid, walk uuid, seq integer, wall bigint, mono bigint, mode text,
                org text, vendor text, agent text, ticket text, sop text, version text, hash text,
                channel text, locale text, type text, more integer, data json,
                salt text, chain text, kept json, keys json),
            unnest(journals), unnest(places)
        ) AS s(v, id, walk, seq, wall, mono, mode, org, vendor, agent, ticket, sop, version, hash,
               channel, locale, type, more, data, salt, chain, kept, keys, journal, place)
    ), events AS (
        INSERT INTO sopguide.events (
            person, at, id, walk, seq, org, vendor, agent, v, wall, mono, mode, ticket, sop, version,
            hash, channel, locale, type, more, data, said_org, said_vendor, said_agent, salt, chain,
            kept, keys, journal, place)
        SELECT who.person, at, id, walk, seq, who.org, who.vendor,
               CASE WHEN agent IS NOT NULL THEN who.agent END, v, wall, mono, mode, ticket, sop,
               version, hash, channel, locale, type, more, data, org, vendor, agent, salt, chain,
               kept, keys, journal, place
        FROM sent WHERE type NOT LIKE 'log.%'
        ON CONFLICT (person, id, at) DO NOTHING
        RETURNING id
    ), acts AS (
        INSERT INTO sopguide.acts (
            person, at, id, walk, seq, org, vendor, agent, v, wall, mono, mode, ticket, sop, version,
            hash, channel, locale, type, more, data, said_org, said_vendor, said_agent, salt, chain,
            kept, keys, journal, place)
        SELECT who.person, at, id, walk, seq, who.org, who.vendor,
               CASE WHEN agent IS NOT NULL THEN who.agent END, v, wall, mono, mode, ticket, sop,
               version, hash, channel, locale, type, more, data, org, vendor, agent, salt, chain,
               kept, keys, journal, place
        FROM sent WHERE type LIKE 'log.%'
        ON CONFLICT (person, id) DO NOTHING
        RETURNING id
    ), told AS (
        SELECT walk, min(seq) AS first_seq, max(seq) AS last_seq,
               bool_or(type IN ('walk.completed', 'walk.abandoned')) AS ended,
               min(at) AS first_at, max(at) AS last_at
        FROM sent WHERE type NOT LIKE 'log.%' GROUP BY walk
    ), walks AS (
        INSERT INTO sopguide.walks AS w (
            person, walk, org, vendor, agent, mode, ticket, sop, version, hash, first_seq, last_seq,
            started, last, ended, first_at, last_at)
        SELECT DISTINCT ON (t.walk)
               who.person, t.walk, who.org, who.vendor,
               CASE WHEN f.agent IS NOT NULL THEN who.agent END, f.mode, f.ticket, f.sop, f.version,
               f.hash, t.first_seq, t.last_seq, f.wall, l.wall, t.ended, t.first_at, t.last_at
        FROM told AS t
        JOIN sent AS f ON f.walk = t.walk AND f.seq = t.first_seq
        JOIN sent AS l ON l.walk = t.walk AND l.seq = t.last_seq
        ORDER BY t.walk
        ON CONFLICT (person, walk) DO UPDATE SET
            started = CASE WHEN excluded.first_seq < w.first_seq THEN excluded.started
                           ELSE w.started END,
            last = CASE WHEN excluded.last_seq > w.last_seq THEN excluded.last ELSE w.last END,
            first_seq = least(w.first_seq, excluded.first_seq),
            last_seq = greatest(w.last_seq, excluded.last_seq),
            ended = w.ended OR excluded.ended,
            first_at = least(w.first_at, excluded.first_at),
            last_at = greatest(w.last_at, excluded.last_at)
    ), heads AS (
        INSERT INTO sopguide.heads (person, journal, records, org, vendor, chain)
        SELECT who.person, journal, max(place), who.org, who.vendor,
               (array_agg(chain ORDER BY place DESC))[1]
        FROM sent WHERE chain IS NOT NULL GROUP BY journal
        HAVING max(place) > coalesce((SELECT max(records) FROM sopguide.heads AS known
               WHERE known.person = who.person AND known.journal = sent.journal), 0)
        ON CONFLICT DO NOTHING
    )
    SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM acts) INTO stored;
    RETURN stored;
END
$$;

-- Compiled forms that the caller's vendor has not got yet; each is what its hash says, or refused.
CREATE FUNCTION sopguide.ship_form(hash text, form bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE who sopguide.people := sopguide.shipper();
BEGIN
    INSERT INTO sopguide.forms (org, vendor, hash, form) VALUES (who.org, who.vendor, $1, $2)
    ON CONFLICT DO NOTHING;
END
$$;

CREATE FUNCTION sopguide.ship_remarks(lines json) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    who sopguide.people := sopguide.shipper();
    stored integer;
BEGIN
    INSERT INTO sopguide.remarks (
        person, id, org, vendor, agent, walk, kind, about, step, part, sop, version, hash, owner, mode,
        at, text, removed)
    SELECT who.person, id, who.org, who.vendor, who.agent, walk, kind, about, step, part, sop, version,
           hash, owner, mode, at, text, ARRAY(SELECT json_array_elements_text(removed))
    FROM json_to_recordset(lines) AS r(
        id uuid, walk uuid, kind text, about text, step text, part text, sop text, version text,
        hash text, owner text, mode text, at bigint, text text, removed json)
    ON CONFLICT (person, id) DO NOTHING;
    GET DIAGNOSTICS stored = ROW_COUNT;
    RETURN stored;
END
$$;
