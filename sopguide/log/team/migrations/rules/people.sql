-- People and their roles, for an admin. Each change is an act.

CREATE OR REPLACE FUNCTION sopguide.new_id() RETURNS uuid
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ SELECT encode(set_bit(set_bit(overlay(
          uuid_send(gen_random_uuid())
          PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
          FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid $$;

-- Puts down that the caller did something with the store itself.
CREATE OR REPLACE FUNCTION sopguide.note_act(type text, data json, org text DEFAULT 'store') RETURNS void
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

-- Sees to it that an organisation has a key to name tickets by; it is made by the server, of the
-- random part of four ids, and never another.
CREATE OR REPLACE FUNCTION sopguide.keep_key(org text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ INSERT INTO sopguide.ticket_keys (org, key)
      SELECT $1, sha256(string_agg(uuid_send(gen_random_uuid()), '')) FROM generate_series(1, 4)
      ON CONFLICT DO NOTHING $$;

-- Adds a person, or gives one who is there other roles.
CREATE OR REPLACE FUNCTION sopguide.set_person(
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
    PERFORM sopguide.keep_key($3);
    -- Who only walks where a gateway ships for them may have no login of their own.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = $1) THEN
        IF $5 = '{}' THEN
            EXECUTE format('REVOKE sopguide_people FROM %I', $1);
        ELSE
            EXECUTE format('GRANT sopguide_people TO %I', $1);
        END IF;
    END IF;
    PERFORM sopguide.note_act('role.changed', json_build_object(
        'person', (SELECT person FROM sopguide.people WHERE people.login = $1), 'vendor', $4, 'roles', $5, 'all_vendors', $6,
        'before', CASE WHEN before.login IS NOT NULL THEN json_build_object(
            'vendor', before.vendor, 'roles', before.roles, 'all_vendors', before.all_vendors) END), $3);
END
$$;

GRANT EXECUTE ON FUNCTION sopguide.set_person TO sopguide_people;

-- Of the organisations there are, and of the one that people are of where nobody says otherwise.
SELECT sopguide.keep_key(org) FROM (SELECT org FROM sopguide.people UNION SELECT 'local') AS known;
