-- Taking names, tickets and what they said out of walks, for quality, of those they may see. Rows
-- stay, and so do their chains: what is left of a part is its salted hash. Each erasure is an act.

-- Whether the one says nothing that the other does not, nor anything else.
CREATE OR REPLACE FUNCTION sopguide.is_less(less jsonb, than jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT less = '{}' OR (
          less - '{answer,facts}'::text[] = than - '{answer,facts}'::text[]
          AND (less ? 'answer') = (than ? 'answer')
          AND (less ? 'facts') = (than ? 'facts')
          AND (NOT less ? 'answer' OR less->'answer' IN (than->'answer', '{"given": true}'))
          AND (NOT less ? 'facts' OR less->'facts' IN (than->'facts', '{}'))) $$;

CREATE OR REPLACE FUNCTION sopguide.refuse_but_quality() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT sopguide.erases() THEN
        RAISE insufficient_privilege USING MESSAGE = 'only quality may erase, or let things expire';
    END IF;
END
$$;

-- Puts these records in place of those they were made of, if they only say less; how many it did.
-- `of_gone`: only those of walks that have expired.
CREATE OR REPLACE FUNCTION sopguide.take_out(records json, of_gone boolean) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE changed integer;
BEGIN
    PERFORM sopguide.refuse_but_quality();
    UPDATE sopguide.events AS e
    SET agent = CASE WHEN r.agent IS NOT NULL THEN e.agent END,
        said_agent = CASE WHEN r.agent IS NOT NULL THEN e.said_agent END,
        ticket = CASE WHEN r.ticket IS NOT NULL THEN e.ticket END,
        data = r.data, salt = NULL, kept = r.kept, keys = r.keys
    FROM json_to_recordset(records) AS r(
        person integer, id uuid, agent text, ticket text, data json, kept json, keys json)
    WHERE e.person = r.person AND e.id = r.id AND e.at = sopguide.time_of(r.id)
      AND sopguide.is_less(r.data::jsonb, e.data::jsonb)
      AND (NOT of_gone OR EXISTS (
          SELECT FROM sopguide.gone WHERE gone.id = e.walk AND gone.person = e.person));
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

CREATE OR REPLACE FUNCTION sopguide.erase(records json, persons integer[], walks uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed integer := sopguide.take_out(records, false);
    removed integer;
BEGIN
    WITH removed AS (
        DELETE FROM sopguide.remarks AS r USING unnest(persons, walks) AS its(person, walk)
        WHERE r.person = its.person AND r.walk = its.walk
        RETURNING r.id, r.person, r.org, r.vendor
    )
    INSERT INTO sopguide.gone (id, person, org, vendor) SELECT * FROM removed
    ON CONFLICT DO NOTHING;
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
CREATE OR REPLACE FUNCTION sopguide.forget_person(login text) RETURNS boolean
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

GRANT EXECUTE ON FUNCTION sopguide.erase, sopguide.forget_person TO sopguide_people;
