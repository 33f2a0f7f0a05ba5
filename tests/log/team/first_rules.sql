-- The rules of revision 0001 as they were, for the test of `sopguide db upgrade`: never changed.
CREATE TABLE sopguide.alembic_version (
    version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY
);
INSERT INTO sopguide.alembic_version VALUES ('0001');
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA sopguide TO sopguide_people;
GRANT SELECT ON sopguide.alembic_version TO sopguide_people;
ALTER TABLE sopguide.alembic_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON sopguide.alembic_version FOR SELECT TO sopguide_people USING (true);
-- Who sees what. Identity is the login that opened the session (`session_user`): no setting, no
-- SET ROLE and no function changes it. A login that is nobody in `people` sees no row.

-- The person who walks; nobody for an admin who is nothing else.
CREATE FUNCTION sopguide.me() RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT person FROM sopguide.people
      WHERE login = session_user AND roles && '{agent,trainer,lead,quality}' $$;

CREATE FUNCTION sopguide.my_org() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT org FROM sopguide.people WHERE login = session_user AND roles <> '{}' $$;

CREATE FUNCTION sopguide.my_vendor() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT vendor FROM sopguide.people
      WHERE login = session_user AND roles && '{agent,trainer,lead,quality}' $$;

-- The vendor of whom a lead or quality reads all walks.
CREATE FUNCTION sopguide.led_vendor() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT vendor FROM sopguide.people
      WHERE login = session_user AND roles && '{lead,quality}' $$;

CREATE FUNCTION sopguide.leads_all() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM sopguide.people
      WHERE login = session_user AND roles && '{lead,quality}' AND all_vendors) $$;

-- The vendor of whom a trainer reads the drills.
CREATE FUNCTION sopguide.trained_vendor() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT vendor FROM sopguide.people
      WHERE login = session_user AND 'trainer' = ANY (roles) $$;

-- Whoever administers: an admin, or the store's owner, who makes the first one.
CREATE FUNCTION sopguide.administers() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM sopguide.people
          WHERE login = session_user AND 'admin' = ANY (roles))
      OR pg_has_role(session_user, 'sopguide_owner', 'MEMBER') $$;

DO $$
DECLARE each text;
BEGIN
    FOREACH each IN ARRAY '{store,people,events,acts,walks,forms,remarks,heads}'::text[] LOOP
        EXECUTE format('ALTER TABLE sopguide.%I ENABLE ROW LEVEL SECURITY', each);
        EXECUTE format('ALTER TABLE sopguide.%I FORCE ROW LEVEL SECURITY', each);
        EXECUTE format('GRANT SELECT ON sopguide.%I TO sopguide_people', each);
    END LOOP;
    -- Everything that an agent, a trainer, a lead and quality may read of these.
    FOREACH each IN ARRAY '{events,walks,remarks}'::text[] LOOP
        EXECUTE format($policy$
            CREATE POLICY seen ON sopguide.%I FOR SELECT TO sopguide_people, sopguide_owner USING (
                person = (SELECT sopguide.me())
                OR org = (SELECT sopguide.my_org()) AND (
                    vendor = (SELECT sopguide.led_vendor())
                    OR (SELECT sopguide.leads_all())
                    OR mode = 'drill' AND vendor = (SELECT sopguide.trained_vendor())
                ))
            $policy$, each);
    END LOOP;
    -- What the functions write is their caller's own, and can be nobody else's.
    FOREACH each IN ARRAY '{events,acts,walks,remarks,heads}'::text[] LOOP
        EXECUTE format($policy$
            CREATE POLICY added ON sopguide.%I FOR INSERT TO sopguide_owner
                WITH CHECK (person = (SELECT sopguide.me()))
            $policy$, each);
    END LOOP;
END
$$;

CREATE POLICY seen ON sopguide.store FOR SELECT TO sopguide_people, sopguide_owner
    USING ((SELECT sopguide.my_org()) IS NOT NULL);

CREATE POLICY seen ON sopguide.people FOR SELECT TO sopguide_people
    USING (login = session_user
           OR org = (SELECT sopguide.my_org()) AND (SELECT sopguide.administers()));
-- The functions look people up; those of people.sql change them, for an admin.
CREATE POLICY looked_up ON sopguide.people FOR SELECT TO sopguide_owner USING (true);
CREATE POLICY added ON sopguide.people FOR INSERT TO sopguide_owner
    WITH CHECK ((SELECT sopguide.administers()));
CREATE POLICY changed ON sopguide.people FOR UPDATE TO sopguide_owner
    USING ((SELECT sopguide.administers())) WITH CHECK ((SELECT sopguide.administers()));

CREATE POLICY seen ON sopguide.acts FOR SELECT TO sopguide_people, sopguide_owner USING (
    person = (SELECT sopguide.me())
    OR org = (SELECT sopguide.my_org()) AND (
        vendor = (SELECT sopguide.led_vendor())
        OR (SELECT sopguide.leads_all())
        OR (SELECT sopguide.administers())
    ));
CREATE POLICY administered ON sopguide.acts FOR INSERT TO sopguide_owner
    WITH CHECK ((SELECT sopguide.administers()));

CREATE POLICY moved ON sopguide.walks FOR UPDATE TO sopguide_owner
    USING (person = (SELECT sopguide.me())) WITH CHECK (person = (SELECT sopguide.me()));

CREATE POLICY seen ON sopguide.forms FOR SELECT TO sopguide_people, sopguide_owner USING (
    org = (SELECT sopguide.my_org())
    AND (vendor = (SELECT sopguide.my_vendor()) OR (SELECT sopguide.leads_all())));
CREATE POLICY added ON sopguide.forms FOR INSERT TO sopguide_owner WITH CHECK (
    org = (SELECT sopguide.my_org()) AND vendor = (SELECT sopguide.my_vendor()));

CREATE POLICY seen ON sopguide.heads FOR SELECT TO sopguide_people, sopguide_owner USING (
    person = (SELECT sopguide.me())
    OR org = (SELECT sopguide.my_org())
       AND (vendor = (SELECT sopguide.led_vendor()) OR (SELECT sopguide.leads_all())));

GRANT SELECT ON sopguide.latest_heads TO sopguide_people;
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
-- People and their roles, for an admin. Each change is an act.

CREATE FUNCTION sopguide.new_id() RETURNS uuid
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ SELECT encode(set_bit(set_bit(overlay(
          uuid_send(gen_random_uuid())
          PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
          FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid $$;

-- Puts down that the caller did something with the store itself.
CREATE FUNCTION sopguide.note_act(type text, data json, org text DEFAULT 'store') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    who sopguide.people;
    act uuid := sopguide.new_id();
BEGIN
    SELECT * INTO who FROM sopguide.people WHERE login = session_user;
    INSERT INTO sopguide.acts (
        person, at, id, walk, seq, org, vendor, agent, v, wall, mono, mode, sop, version, hash, type,
        data)
    VALUES (
        coalesce(who.person, 0), sopguide.time_of(act), act, act, 0, coalesce(who.org, $3),
        coalesce(who.vendor, 'store'), coalesce(who.agent, session_user), 2,
        (extract(epoch FROM sopguide.time_of(act)) * 1000)::bigint, 0, 'live', '-', '-', '-', $1, $2);
END
$$;

-- Adds a person, or gives one who is there other roles.
CREATE FUNCTION sopguide.set_person(
    login text, agent text, org text, vendor text, roles text[], all_vendors boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE before sopguide.people;
BEGIN
    IF NOT sopguide.administers() THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an admin may change who is who';
    END IF;
    SELECT * INTO before FROM sopguide.people WHERE people.login = $1;
    IF NOT pg_has_role(session_user, 'sopguide_owner', 'MEMBER') THEN
        IF $1 = session_user THEN
            RAISE insufficient_privilege USING MESSAGE = 'nobody changes their own roles';
        ELSIF sopguide.my_org() <> $3 OR sopguide.my_org() <> before.org THEN
            RAISE insufficient_privilege USING MESSAGE = 'an admin changes people of their own org';
        END IF;
    END IF;
    INSERT INTO sopguide.people (login, agent, org, vendor, roles, all_vendors)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (login) DO UPDATE SET agent = $2, org = $3, vendor = $4, roles = $5, all_vendors = $6;
    IF $5 = '{}' THEN
        EXECUTE format('REVOKE sopguide_people FROM %I', $1);
    ELSE
        EXECUTE format('GRANT sopguide_people TO %I', $1);
    END IF;
    PERFORM sopguide.note_act('role.changed', json_build_object(
        'person', (SELECT person FROM sopguide.people WHERE people.login = $1), 'vendor', $4, 'roles', $5, 'all_vendors', $6,
        'before', CASE WHEN before.login IS NOT NULL THEN json_build_object(
            'vendor', before.vendor, 'roles', before.roles, 'all_vendors', before.all_vendors) END), $3);
END
$$;

GRANT EXECUTE ON FUNCTION
    sopguide.me, sopguide.my_org, sopguide.my_vendor, sopguide.led_vendor, sopguide.leads_all,
    sopguide.trained_vendor, sopguide.administers,
    sopguide.ship, sopguide.ship_form, sopguide.ship_remarks, sopguide.set_person
TO sopguide_people;
-- Taking names, tickets and what they said out of walks, for quality, of those they may see. Rows
-- stay, and so do their chains: what is left of a part is its salted hash. Each erasure is an act.

CREATE FUNCTION sopguide.erases() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM sopguide.people
      WHERE login = session_user AND 'quality' = ANY (roles)) $$;

DO $$
DECLARE
    each text;
    verb text;
BEGIN
    FOR each, verb IN VALUES ('events', 'UPDATE'), ('walks', 'UPDATE'), ('remarks', 'DELETE') LOOP
        EXECUTE format($policy$
            CREATE POLICY erased ON sopguide.%I FOR %s TO sopguide_owner USING (
                (SELECT sopguide.erases()) AND org = (SELECT sopguide.my_org())
                AND (vendor = (SELECT sopguide.led_vendor()) OR (SELECT sopguide.leads_all())))
            $policy$, each, verb);
    END LOOP;
END
$$;

-- Whether the one says nothing that the other does not, nor anything else.
CREATE FUNCTION sopguide.is_less(less jsonb, than jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT less = '{}' OR (
          less - '{answer,facts}'::text[] = than - '{answer,facts}'::text[]
          AND (less ? 'answer') = (than ? 'answer')
          AND (less ? 'facts') = (than ? 'facts')
          AND (NOT less ? 'answer' OR less->'answer' IN (than->'answer', '{"given": true}'))
          AND (NOT less ? 'facts' OR less->'facts' IN (than->'facts', '{}'))) $$;

-- Puts these records in place of those they were made of, if they only say less; how many it did.
CREATE FUNCTION sopguide.erase(records json, persons integer[], walks uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed integer;
    removed integer;
BEGIN
    IF NOT sopguide.erases() THEN
        RAISE insufficient_privilege USING MESSAGE = 'only quality may erase';
    END IF;
    UPDATE sopguide.events AS e
    SET agent = CASE WHEN r.agent IS NOT NULL THEN e.agent END,
        said_agent = CASE WHEN r.agent IS NOT NULL THEN e.said_agent END,
        ticket = CASE WHEN r.ticket IS NOT NULL THEN e.ticket END,
        data = r.data, salt = NULL, kept = r.kept, keys = r.keys
    FROM json_to_recordset(records) AS r(
        person integer, id uuid, agent text, ticket text, data json, kept json, keys json)
    WHERE e.person = r.person AND e.id = r.id AND e.at = sopguide.time_of(r.id)
      AND sopguide.is_less(r.data::jsonb, e.data::jsonb);
    GET DIAGNOSTICS changed = ROW_COUNT;
    DELETE FROM sopguide.remarks AS r USING unnest(persons, walks) AS its(person, walk)
    WHERE r.person = its.person AND r.walk = its.walk;
    GET DIAGNOSTICS removed = ROW_COUNT;
    UPDATE sopguide.walks AS w SET agent = e.agent, ticket = e.ticket
    FROM unnest(persons, walks) AS its(person, walk), sopguide.events AS e
    WHERE w.person = its.person AND w.walk = its.walk AND e.person = its.person
      AND e.walk = its.walk AND e.seq = w.first_seq AND e.at BETWEEN w.first_at AND w.last_at;
    PERFORM sopguide.note_act('log.erased', json_build_object(
        'walks', cardinality(walks), 'records', changed, 'remarks', removed));
    RETURN changed;
END
$$;

-- Takes the name and the login of a person out of the store, for an admin; their walks stay.
CREATE FUNCTION sopguide.forget_person(login text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE before sopguide.people;
BEGIN
    SELECT * INTO before FROM sopguide.people WHERE people.login = $1;
    IF before.login IS NULL THEN
        RETURN false;
    END IF;
    PERFORM sopguide.set_person($1, before.agent, before.org, before.vendor, '{}', false);
    UPDATE sopguide.people SET login = 'erased-' || person, agent = 'erased-' || person
    WHERE people.login = $1;
    RETURN true;
END
$$;

GRANT EXECUTE ON FUNCTION sopguide.erases, sopguide.erase, sopguide.forget_person
TO sopguide_people;
