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
