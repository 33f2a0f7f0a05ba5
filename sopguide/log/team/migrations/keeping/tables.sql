-- What expiry, gateways and the organisation's key need of the tables.

-- A gateway is nothing else: it brings what others walked, and reads nothing.
ALTER TABLE sopguide.people
    DROP CONSTRAINT people_roles_check,
    ADD CONSTRAINT people_roles_check CHECK (
        roles <@ '{agent,trainer,lead,quality,admin}'
        OR roles = '{gateway}' AND NOT all_vendors);

-- Which gateway shipped it; of what people ship themselves, none.
ALTER TABLE sopguide.events ADD COLUMN brought_by integer;
ALTER TABLE sopguide.acts ADD COLUMN brought_by integer;
ALTER TABLE sopguide.remarks ADD COLUMN brought_by integer;

-- Nobody asks for a place in a journal; whole journals are looked for when they expire.
DROP INDEX sopguide.events_journal;
CREATE INDEX events_journal ON sopguide.events (journal);

-- Walks, remarks and acts that expired, and remarks that were erased: they are not taken again.
CREATE TABLE sopguide.gone (
    id uuid NOT NULL,
    person integer NOT NULL,
    org text NOT NULL,
    vendor text NOT NULL,
    PRIMARY KEY (id, person)
);
CREATE INDEX acts_wall ON sopguide.acts (wall);

-- By what every machine of an organisation names a ticket.
CREATE TABLE sopguide.ticket_keys (
    org text PRIMARY KEY,
    key bytea NOT NULL CHECK (octet_length(key) = 32),
    made timestamptz NOT NULL DEFAULT now()
);
