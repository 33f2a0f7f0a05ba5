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
