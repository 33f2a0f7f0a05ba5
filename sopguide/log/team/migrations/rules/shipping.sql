-- Taking in what a machine's log ships. Whatever a record claims, the server says whose it is.

-- The time that a UUIDv7 was made at. Its names were bound when it was made, so it needs no path of
-- its own, and is put in place of each call.
CREATE OR REPLACE FUNCTION sopguide.time_of(id uuid) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_timestamp(('x' || left(encode(uuid_send(id), 'hex'), 12))::bit(48)::bigint / 1000.0);

-- Makes the partition of a month, unless it is too far from now; what came for it before moves in.
CREATE OR REPLACE FUNCTION sopguide.keep_month(month date) RETURNS void
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

-- Who ships; an error for a login that neither walks nor is a gateway.
CREATE OR REPLACE FUNCTION sopguide.shipper() RETURNS sopguide.people
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE who sopguide.people;
BEGIN
    SELECT * INTO who FROM sopguide.people
    WHERE login = session_user AND roles && '{agent,trainer,lead,quality,gateway}';
    IF who.person IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this login may ship nothing';
    END IF;
    RETURN who;
END
$$;

-- The people for whom a gateway may ship; nobody for anybody else.
CREATE OR REPLACE FUNCTION sopguide.behind_gateway() RETURNS TABLE (agent text, person integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT agent, person FROM sopguide.people
      WHERE org = sopguide.my_org() AND vendor = sopguide.gated_vendor()
        AND roles && '{agent,trainer,lead,quality}' $$;

-- Those of these names that the caller may ship for, as a gateway.
CREATE OR REPLACE FUNCTION sopguide.known_agents(names text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce(array_agg(agent), '{}') FROM sopguide.behind_gateway()
      WHERE agent = ANY (names) $$;

-- Stores those of these records that are not there yet, all or none; how many were new. `lines` is
-- an array of records as the journals have them, `journals` and `places` say where each stands.
-- `months` are those that the records are of: partitions are made for them, nothing else.
-- All of it is the caller's. What a gateway brings is of whoever began the walk, under the name of
-- the event where the gateway's vendor has a person of that name; acts of its machine are its own.
CREATE OR REPLACE FUNCTION sopguide.ship(
    lines json, journals text[], places integer[], months date[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
    who sopguide.people := sopguide.shipper();
    gateway integer := CASE WHEN who.roles = '{gateway}' THEN who.person END;
    month date;
    stored integer;
    strangers integer;
BEGIN
    FOREACH month IN ARRAY months LOOP
        PERFORM sopguide.keep_month(date_trunc('month', month)::date);
    END LOOP;
    WITH sent AS MATERIALIZED (
        SELECT s.*, s.type LIKE 'log.%' AS act
        FROM ROWS FROM (
            json_to_recordset(lines) AS (
                v smallint, id uuid, walk uuid, seq integer, wall bigint, mono bigint, mode text,
                org text, vendor text, agent text, ticket text, sop text, version text, hash text,
                channel text, locale text, type text, more integer, data json,
                salt text, chain text, kept json, keys json),
            unnest(journals), unnest(places)
        ) AS s(v, id, walk, seq, wall, mono, mode, org, vendor, agent, ticket, sop, version, hash,
               channel, locale, type, more, data, salt, chain, kept, keys, journal, place)
        WHERE NOT EXISTS (SELECT FROM sopguide.gone WHERE gone.id = s.walk)
    ), behind AS MATERIALIZED (
        SELECT * FROM sopguide.behind_gateway() WHERE gateway IS NOT NULL
    ), owners AS MATERIALIZED (
        SELECT DISTINCT ON (s.walk) s.walk, coalesce(
            (SELECT min(w.person) FROM sopguide.walks AS w WHERE w.walk = s.walk), b.person) AS person
        FROM sent AS s LEFT JOIN behind AS b USING (agent)
        WHERE gateway IS NOT NULL ORDER BY s.walk, s.seq
    ), whose AS MATERIALIZED ( -- in the order of the tables' columns
        SELECT coalesce(o.person, who.person) AS person, sopguide.time_of(s.id) AS at,
               s.id, s.walk, s.seq, who.org AS org, who.vendor AS vendor,
               CASE WHEN s.agent IS NOT NULL THEN coalesce(b.agent, who.agent) END AS agent,
               s.v, s.wall, s.mono, s.mode, s.ticket, s.sop, s.version, s.hash, s.channel,
               s.locale, s.type, s.more, s.data, s.org AS said_org, s.vendor AS said_vendor,
               s.agent AS said_agent, s.salt, s.chain, s.kept, s.keys, s.journal, s.place,
               now() AS shipped, gateway AS brought_by
        FROM sent AS s LEFT JOIN owners AS o USING (walk) LEFT JOIN behind AS b USING (agent)
    ), events AS (
        INSERT INTO sopguide.events SELECT * FROM whose WHERE type NOT LIKE 'log.%'
        ON CONFLICT (person, id, at) DO NOTHING
        RETURNING id
    ), acts AS (
        INSERT INTO sopguide.acts SELECT * FROM whose WHERE type LIKE 'log.%'
        ON CONFLICT (person, id) DO NOTHING
        RETURNING id
    ), told AS (
        SELECT walk, min(seq) AS first_seq, max(seq) AS last_seq,
               bool_or(type IN ('walk.completed', 'walk.abandoned')) AS ended,
               min(at) AS first_at, max(at) AS last_at
        FROM whose WHERE type NOT LIKE 'log.%' GROUP BY walk
    ), walks AS (
        INSERT INTO sopguide.walks AS w (
            person, walk, org, vendor, agent, mode, ticket, sop, version, hash, first_seq, last_seq,
            started, last, ended, first_at, last_at)
        SELECT DISTINCT ON (t.walk)
               f.person, t.walk, f.org, f.vendor, f.agent, f.mode, f.ticket, f.sop, f.version,
               f.hash, t.first_seq, t.last_seq, f.wall, l.wall, t.ended, t.first_at, t.last_at
        FROM told AS t
        JOIN whose AS f ON f.walk = t.walk AND f.seq = t.first_seq
        JOIN whose AS l ON l.walk = t.walk AND l.seq = t.last_seq
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
    SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM acts),
           (SELECT count(*) FROM sent LEFT JOIN behind AS b USING (agent)
            WHERE gateway IS NOT NULL AND NOT act AND agent IS NOT NULL AND b.person IS NULL)
    INTO stored, strangers;
    IF strangers > 0 THEN
        RAISE insufficient_privilege
            USING MESSAGE = 'a gateway ships for people of its vendor that are registered';
    END IF;
    RETURN stored;
END
$$;

-- Those of these compiled forms that the caller's vendor has not got.
CREATE OR REPLACE FUNCTION sopguide.missing_forms(hashes text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE who sopguide.people := sopguide.shipper();
BEGIN
    RETURN ARRAY(SELECT unnest(hashes) EXCEPT SELECT hash FROM sopguide.forms
                 WHERE org = who.org AND vendor = who.vendor AND hash = ANY (hashes));
END
$$;

-- Compiled forms that the caller's vendor has not got yet; each is what its hash says, or refused.
CREATE OR REPLACE FUNCTION sopguide.ship_form(hash text, form bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE who sopguide.people := sopguide.shipper();
BEGIN
    INSERT INTO sopguide.forms (org, vendor, hash, form) VALUES (who.org, who.vendor, $1, $2)
    ON CONFLICT DO NOTHING;
END
$$;

-- What agents wrote on walks, after the walks themselves.
CREATE OR REPLACE FUNCTION sopguide.ship_remarks(lines json) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    who sopguide.people := sopguide.shipper();
    gateway integer := CASE WHEN who.roles = '{gateway}' THEN who.person END;
    stored integer;
BEGIN
    INSERT INTO sopguide.remarks (
        person, id, org, vendor, agent, walk, kind, about, step, part, sop, version, hash, owner, mode,
        at, text, removed, brought_by)
    SELECT CASE WHEN gateway IS NULL THEN who.person ELSE
               (SELECT min(w.person) FROM sopguide.walks AS w WHERE w.walk = r.walk) END,
           r.id, who.org, who.vendor, CASE WHEN gateway IS NULL THEN who.agent ELSE b.agent END,
           r.walk, r.kind, r.about, r.step, r.part, r.sop, r.version, r.hash, r.owner, r.mode, r.at,
           r.text, ARRAY(SELECT json_array_elements_text(r.removed)), gateway
    FROM json_to_recordset(lines) AS r(
        id uuid, walk uuid, kind text, about text, step text, part text, sop text, version text,
        hash text, owner text, agent text, mode text, at bigint, text text, removed json)
    LEFT JOIN sopguide.behind_gateway() AS b USING (agent)
    WHERE NOT EXISTS (SELECT FROM sopguide.gone WHERE gone.id = r.id)
      AND (gateway IS NULL OR b.person IS NOT NULL)
    ON CONFLICT (person, id) DO NOTHING;
    GET DIAGNOSTICS stored = ROW_COUNT;
    RETURN stored;
END
$$;

-- The key by which the organisation names tickets, for whoever ships or reads walks.
CREATE OR REPLACE FUNCTION sopguide.ticket_key() RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE who sopguide.people := sopguide.shipper();
BEGIN
    RETURN (SELECT key FROM sopguide.ticket_keys WHERE org = who.org);
END
$$;

GRANT EXECUTE ON FUNCTION
    sopguide.ship, sopguide.missing_forms, sopguide.ship_form, sopguide.ship_remarks,
    sopguide.known_agents, sopguide.ticket_key
TO sopguide_people;
