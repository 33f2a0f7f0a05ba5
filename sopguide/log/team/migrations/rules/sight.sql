-- Who sees what. Identity is the login that opened the session (`session_user`): no setting, no
-- SET ROLE and no function changes it. A login that is nobody in `people` sees no row.

-- The person who walks; nobody for an admin or a gateway.
CREATE OR REPLACE FUNCTION sopguide.me() RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT person FROM sopguide.people
      WHERE login = session_user AND roles && '{agent,trainer,lead,quality}' $$;

CREATE OR REPLACE FUNCTION sopguide.my_org() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT org FROM sopguide.people WHERE login = session_user AND roles <> '{}' $$;

CREATE OR REPLACE FUNCTION sopguide.my_vendor() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT vendor FROM sopguide.people
      WHERE login = session_user AND roles && '{agent,trainer,lead,quality}' $$;

-- The vendor for whose people a gateway ships.
CREATE OR REPLACE FUNCTION sopguide.gated_vendor() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT vendor FROM sopguide.people WHERE login = session_user AND roles = '{gateway}' $$;

-- The vendor of whom a lead or quality reads all walks.
CREATE OR REPLACE FUNCTION sopguide.led_vendor() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT vendor FROM sopguide.people
      WHERE login = session_user AND roles && '{lead,quality}' $$;

CREATE OR REPLACE FUNCTION sopguide.leads_all() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM sopguide.people
      WHERE login = session_user AND roles && '{lead,quality}' AND all_vendors) $$;

-- The vendor of whom a trainer reads the drills.
CREATE OR REPLACE FUNCTION sopguide.trained_vendor() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT vendor FROM sopguide.people
      WHERE login = session_user AND 'trainer' = ANY (roles) $$;

-- Whoever erases, and lets go of what is too old: quality answers for what is kept of people. A
-- lead is judged by the walks, and an admin does not see them.
CREATE OR REPLACE FUNCTION sopguide.erases() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM sopguide.people
      WHERE login = session_user AND 'quality' = ANY (roles)) $$;

-- Whoever administers: an admin, or the store's owner, who makes the first one.
CREATE OR REPLACE FUNCTION sopguide.administers() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM sopguide.people
          WHERE login = session_user AND 'admin' = ANY (roles))
      OR pg_has_role(session_user, 'sopguide_owner', 'MEMBER') $$;

-- The policies, said anew as a whole. Those for sopguide_owner hold inside the functions alone.
DO $$
DECLARE
    each record;
    own text := 'person = (SELECT sopguide.me())';
    led text := 'org = (SELECT sopguide.my_org())'
        ' AND (vendor = (SELECT sopguide.led_vendor()) OR (SELECT sopguide.leads_all())%s)';
    gated text := 'org = (SELECT sopguide.my_org()) AND vendor = (SELECT sopguide.gated_vendor())';
    gone text := '(SELECT sopguide.erases()) AND ' || format(led, '');
    walks text[] := '{events,walks,remarks}';
    shipped text[] := walks || '{acts,heads}';
BEGIN
    FOR each IN SELECT tablename, policyname FROM pg_policies
                WHERE schemaname = 'sopguide' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DROP POLICY %I ON sopguide.%I', each.policyname, each.tablename);
    END LOOP;
    FOR each IN SELECT unnest(shipped || '{store,people,forms,gone,ticket_keys}') AS name LOOP
        EXECUTE format('ALTER TABLE sopguide.%I ENABLE ROW LEVEL SECURITY', each.name);
        EXECUTE format('ALTER TABLE sopguide.%I FORCE ROW LEVEL SECURITY', each.name);
        IF each.name NOT IN ('gone', 'ticket_keys') THEN
            EXECUTE format('GRANT SELECT ON sopguide.%I TO sopguide_people', each.name);
        END IF;
    END LOOP;
    FOR each IN SELECT name, CASE name
            WHEN 'heads' THEN ''
            WHEN 'acts' THEN ' OR (SELECT sopguide.administers())'
            ELSE ' OR mode = ''drill'' AND vendor = (SELECT sopguide.trained_vendor())'
        END AS more FROM unnest(shipped) AS name LOOP
        EXECUTE format('CREATE POLICY seen ON sopguide.%I FOR SELECT'
            ' TO sopguide_people, sopguide_owner USING (%s OR %s)',
            each.name, own, format(led, each.more));
        -- What is written is its caller's own, or of the vendor for whom it ships.
        EXECUTE format('CREATE POLICY added ON sopguide.%I FOR INSERT TO sopguide_owner'
            ' WITH CHECK (%s OR %s)', each.name, own, gated);
    END LOOP;
    FOR each IN SELECT unnest(shipped || '{forms}') AS name LOOP
        EXECUTE format('CREATE POLICY brought ON sopguide.%I FOR SELECT TO sopguide_owner'
            ' USING (%s)', each.name, gated);
    END LOOP;
    EXECUTE format('CREATE POLICY moved ON sopguide.walks FOR UPDATE TO sopguide_owner'
        ' USING (%s OR %s)', own, gated);
    EXECUTE format('CREATE POLICY known ON sopguide.gone FOR SELECT TO sopguide_owner'
        ' USING (%s OR %s OR %s)', own, gated, gone);
    FOR each IN VALUES ('events', 'UPDATE'), ('walks', 'UPDATE'), ('events', 'DELETE'),
            ('walks', 'DELETE'), ('remarks', 'DELETE'), ('acts', 'DELETE') LOOP
        EXECUTE format('CREATE POLICY %I ON sopguide.%I FOR %s TO sopguide_owner USING (%s)',
            'gone_by_' || each.column2, each.column1, each.column2, gone);
    END LOOP;
    FOR each IN VALUES ('gone'), ('heads') LOOP
        EXECUTE format('CREATE POLICY let_go ON sopguide.%I FOR INSERT TO sopguide_owner'
            ' WITH CHECK (%s)', each.column1, gone);
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

CREATE POLICY administered ON sopguide.acts FOR INSERT TO sopguide_owner
    WITH CHECK ((SELECT sopguide.administers()));

CREATE POLICY seen ON sopguide.forms FOR SELECT TO sopguide_people, sopguide_owner USING (
    org = (SELECT sopguide.my_org())
    AND (vendor = (SELECT sopguide.my_vendor()) OR (SELECT sopguide.leads_all())));
CREATE POLICY added ON sopguide.forms FOR INSERT TO sopguide_owner WITH CHECK (
    org = (SELECT sopguide.my_org())
    AND vendor IN ((SELECT sopguide.my_vendor()), (SELECT sopguide.gated_vendor())));

CREATE POLICY used ON sopguide.ticket_keys FOR SELECT TO sopguide_owner
    USING (org = (SELECT sopguide.my_org()) OR (SELECT sopguide.administers()));
CREATE POLICY made ON sopguide.ticket_keys FOR INSERT TO sopguide_owner
    WITH CHECK ((SELECT sopguide.administers()));

GRANT SELECT ON sopguide.latest_heads TO sopguide_people;
GRANT EXECUTE ON FUNCTION
    sopguide.me, sopguide.my_org, sopguide.my_vendor, sopguide.gated_vendor, sopguide.led_vendor,
    sopguide.leads_all, sopguide.trained_vendor, sopguide.erases, sopguide.administers
TO sopguide_people;
