-- Letting go of what is older than it may be kept, for quality, of what they see. How long that is,
-- the library says; each call takes some, and is an act. Chains stay whole: of a journal of which
-- nothing else is left its last head stays, and of any other the husks of its records, which
-- whoever calls puts in their place (`expire_records`) in the same transaction.

CREATE OR REPLACE FUNCTION sopguide.kind_of(mode text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT CASE mode WHEN 'drill' THEN 'drills' WHEN 'test' THEN 'tests' ELSE 'walks' END $$;

-- What there is to let go of, by kind. `ends`: by kind, ms; what is older may be kept no longer.
-- A walk that nobody ended goes as a ticket does too: by then its own machine has given it up.
CREATE OR REPLACE FUNCTION sopguide.overdue(ends json)
RETURNS TABLE (kind text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH ends AS (
        SELECT key AS kind, value::bigint AS before, (ends->>'tickets')::bigint AS given_up
        FROM json_each_text(ends)
    ), seen AS (
        SELECT sopguide.my_org() AS org, sopguide.led_vendor() AS vendor, sopguide.leads_all() AS every
        WHERE sopguide.erases()
    )
    SELECT e.kind, (SELECT count(*) FROM sopguide.walks AS w, seen
                    WHERE w.last < e.before AND sopguide.kind_of(w.mode) = e.kind
                      AND (w.ended OR w.last < e.given_up)
                      AND w.org = seen.org AND (w.vendor = seen.vendor OR seen.every))
    FROM ends AS e WHERE e.kind IN ('walks', 'drills', 'tests')
    UNION ALL
    SELECT e.kind, (SELECT count(*) FROM sopguide.remarks AS r, seen
                    WHERE r.at < e.before AND r.kind = rtrim(e.kind, 's')
                      AND r.org = seen.org AND (r.vendor = seen.vendor OR seen.every))
    FROM ends AS e WHERE e.kind IN ('notes', 'feedback')
    UNION ALL
    SELECT e.kind, (SELECT count(*) FROM sopguide.acts AS a, seen
                    WHERE a.wall < e.before
                      AND a.org = seen.org AND (a.vendor = seen.vendor OR seen.every))
    FROM ends AS e WHERE e.kind = 'acts'
$$;

-- Lets go of at most so many walks; which, and when their events were made.
CREATE OR REPLACE FUNCTION sopguide.expire_walks(
    kind text, before bigint, given_up bigint, most integer)
RETURNS TABLE (person integer, walk uuid, first_at timestamptz, last_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    persons integer[];
    walks uuid[];
    firsts timestamptz[];
    lasts timestamptz[];
    removed bigint;
BEGIN
    PERFORM sopguide.refuse_but_quality();
    WITH old AS (
        SELECT w.person, w.walk FROM sopguide.walks AS w
        WHERE w.last < before AND sopguide.kind_of(w.mode) = $1 AND (w.ended OR w.last < given_up)
        ORDER BY w.last LIMIT most FOR UPDATE SKIP LOCKED
    ), let_go AS (
        DELETE FROM sopguide.walks AS w USING old WHERE w.person = old.person AND w.walk = old.walk
        RETURNING w.*
    ), noted AS (
        INSERT INTO sopguide.gone (id, person, org, vendor)
        SELECT walk, person, org, vendor FROM let_go ON CONFLICT DO NOTHING
    )
    SELECT array_agg(person), array_agg(walk), array_agg(first_at), array_agg(last_at)
    INTO persons, walks, firsts, lasts FROM let_go;
    IF persons IS NULL THEN
        RETURN;
    END IF;
    removed := sopguide.remove_journals(persons, walks, min(t), max(u)) FROM unnest(firsts, lasts) AS s(t, u);
    PERFORM sopguide.note_act('log.expired', json_build_object(
        $1, cardinality(walks), 'before', before, 'removed', removed));
    RETURN QUERY SELECT * FROM unnest(persons, walks, firsts, lasts);
END
$$;

-- Of the journals in which these walks were told, removes those that tell of nothing else any more.
CREATE OR REPLACE FUNCTION sopguide.remove_journals(
    persons integer[], walks uuid[], first timestamptz, last timestamptz)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    journals text[];
    removed bigint;
BEGIN
    PERFORM sopguide.refuse_but_quality();
    SELECT array_agg(DISTINCT e.journal) INTO journals FROM sopguide.events AS e
    JOIN unnest(persons, walks) AS its(person, walk) ON e.person = its.person AND e.walk = its.walk
    WHERE e.at BETWEEN first AND last;
    SELECT array_agg(name) INTO journals FROM unnest(journals) AS name
    WHERE NOT EXISTS (
        SELECT FROM sopguide.events AS e WHERE e.journal = name AND NOT EXISTS (
            SELECT FROM sopguide.gone WHERE gone.id = e.walk AND gone.person = e.person));
    WITH removed AS (
        DELETE FROM sopguide.events WHERE journal = ANY (journals) RETURNING *
    ), anchors AS (
        INSERT INTO sopguide.heads (person, journal, records, org, vendor, chain)
        SELECT DISTINCT ON (journal) coalesce(brought_by, person), journal, place, org, vendor, chain
        FROM removed WHERE chain IS NOT NULL ORDER BY journal, place DESC
        ON CONFLICT DO NOTHING
    )
    SELECT count(*) INTO removed FROM removed;
    RETURN removed;
END
$$;

-- Puts husks in the place of the records of walks that have expired; how many it did.
CREATE OR REPLACE FUNCTION sopguide.expire_records(records json) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT sopguide.take_out(records, true) $$;

-- Lets go of at most so many notes, feedback or acts; how many it were. No library keeps anything
-- for less than an hour, and an act that this makes is not one to let go of.
CREATE OR REPLACE FUNCTION sopguide.expire_others(kind text, before bigint, most integer)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE number bigint;
BEGIN
    PERFORM sopguide.refuse_but_quality();
    WITH remarks AS (
        DELETE FROM sopguide.remarks WHERE (person, id) IN (
            SELECT person, id FROM sopguide.remarks
            WHERE $1 IN ('notes', 'feedback') AND kind = rtrim($1, 's') AND at < before LIMIT most)
        RETURNING id, person, org, vendor
    ), acts AS (
        DELETE FROM sopguide.acts WHERE (person, id) IN (
            SELECT person, id FROM sopguide.acts
            WHERE $1 = 'acts' AND wall < before AND at < now() - interval '1 hour' LIMIT most)
        RETURNING walk, person, org, vendor
    ), noted AS (
        INSERT INTO sopguide.gone (id, person, org, vendor)
        SELECT * FROM remarks UNION ALL SELECT * FROM acts ON CONFLICT DO NOTHING
    )
    SELECT (SELECT count(*) FROM remarks) + (SELECT count(*) FROM acts) INTO number;
    IF number > 0 THEN
        PERFORM sopguide.note_act(
            'log.expired', json_build_object($1, number, 'before', before));
    END IF;
    RETURN number;
END
$$;

GRANT EXECUTE ON FUNCTION
    sopguide.overdue, sopguide.expire_walks, sopguide.expire_records, sopguide.expire_others
TO sopguide_people;
