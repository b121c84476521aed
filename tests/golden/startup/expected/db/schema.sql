-- Tables of Deskdrop: main database, Azure Database for PostgreSQL 17.
-- Written by archsmith from design.json. Change the brief or the requirements, not this file.

BEGIN;
-- Whoever waits for a lock longer than that gives up, instead of holding up all who come later.
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '900s';

-- UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random ones, so that new keys stand at the
-- end of an index. PostgreSQL 18 has uuidv7(); until then this makes them.
CREATE OR REPLACE FUNCTION uuid_v7() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE AS $body$
    SELECT encode(
        set_bit(
            set_bit(
                overlay(
                    uuid_send(gen_random_uuid())
                    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                    FROM 1 FOR 6
                ),
                52, 1
            ),
            53, 1
        ),
        'hex'
    )::uuid
$body$;

-- A range of keys, so that a constraint can say "the same thing at overlapping times" with what PostgreSQL has built
-- in: equality of a plain uuid in such a constraint would need the extension btree_gist.
CREATE TYPE uuid_range AS RANGE (subtype = uuid);

CREATE TABLE places (
    id         uuid NOT NULL DEFAULT uuid_v7(),
    name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id)
);
COMMENT ON TABLE places IS 'A place; created by administrators: about 90 rows at the horizon, 2 more a month';
COMMENT ON COLUMN places.id IS 'Identifies the place; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN places.name IS 'What the place is called';
COMMENT ON COLUMN places.created_at IS 'When the place was made (UTC)';
COMMENT ON COLUMN places.updated_at IS 'When the place last changed (UTC)';
COMMENT ON COLUMN places.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE hosts (
    id         uuid NOT NULL DEFAULT uuid_v7(),
    subject    text CHECK (char_length(subject) <= 255),
    full_name  text NOT NULL CHECK (char_length(full_name) BETWEEN 1 AND 200),
    email      text CHECK (char_length(email) <= 254 AND email LIKE '%_@_%'),
    phone      text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id),
    UNIQUE (subject)
);
COMMENT ON TABLE hosts IS 'A host; desks, prices, opening days and photos belong to it: about 1,500 rows at the horizon, 42 more a month';
COMMENT ON COLUMN hosts.id IS 'Identifies the host; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN hosts.subject IS 'Ties the host to a sign-in (claim sub); empty for one without an account';
COMMENT ON COLUMN hosts.full_name IS 'The full name of the host, as the person writes it';
COMMENT ON COLUMN hosts.email IS 'Mail address of the host';
COMMENT ON COLUMN hosts.phone IS 'Phone number of the host, with its country (E.164)';
COMMENT ON COLUMN hosts.created_at IS 'When the host was made (UTC)';
COMMENT ON COLUMN hosts.updated_at IS 'When the host last changed (UTC)';
COMMENT ON COLUMN hosts.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE desks (
    id           uuid NOT NULL DEFAULT uuid_v7(),
    place_id     uuid NOT NULL,
    host_id      uuid NOT NULL,
    name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    active       boolean NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    version      bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    search_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce(name, ''))) STORED,
    PRIMARY KEY (id),
    CONSTRAINT desks_place_id_fkey FOREIGN KEY (place_id) REFERENCES places (id) ON DELETE RESTRICT,
    CONSTRAINT desks_host_id_fkey FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE RESTRICT
);
COMMENT ON TABLE desks IS 'A desk of a place and a host; booked and listed by members, entered by hosts and searched by visitors, each of one host: about 17,000 rows at the horizon, 460 more a month';
COMMENT ON COLUMN desks.id IS 'Identifies the desk; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN desks.place_id IS 'Id of the place';
COMMENT ON COLUMN desks.host_id IS 'Id of the host';
COMMENT ON COLUMN desks.name IS 'What the desk is called';
COMMENT ON COLUMN desks.active IS 'Whether the desk is in use at present';
COMMENT ON COLUMN desks.created_at IS 'When the desk was made (UTC)';
COMMENT ON COLUMN desks.updated_at IS 'When the desk last changed (UTC)';
COMMENT ON COLUMN desks.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';
COMMENT ON COLUMN desks.search_words IS 'Words of name, as they stand: simple, since the language of a row is not known';
CREATE INDEX desks_place_id_created_at_id_idx ON desks (place_id, created_at, id);
COMMENT ON INDEX desks_place_id_created_at_id_idx IS 'Serves list-desk';
CREATE INDEX desks_words_idx ON desks USING gin (search_words);
COMMENT ON INDEX desks_words_idx IS 'Serves search-desk';
CREATE INDEX desks_place_id_name_id_idx ON desks (place_id, name, id);
COMMENT ON INDEX desks_place_id_name_id_idx IS 'Serves search-desk';
CREATE INDEX desks_host_id_created_at_id_idx ON desks (host_id, created_at, id);
COMMENT ON INDEX desks_host_id_created_at_id_idx IS 'Serves list-desk and expect-desk';

CREATE TABLE visitors (
    id         uuid NOT NULL DEFAULT uuid_v7(),
    full_name  text NOT NULL CHECK (char_length(full_name) BETWEEN 1 AND 200),
    email      text CHECK (char_length(email) <= 254 AND email LIKE '%_@_%'),
    phone      text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id)
);
COMMENT ON TABLE visitors IS 'A visitor: about 1,500 rows at the horizon, 42 more a month';
COMMENT ON COLUMN visitors.id IS 'Identifies the visitor; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN visitors.full_name IS 'The full name of the visitor, as the person writes it';
COMMENT ON COLUMN visitors.email IS 'Mail address of the visitor';
COMMENT ON COLUMN visitors.phone IS 'Phone number of the visitor, with its country (E.164)';
COMMENT ON COLUMN visitors.created_at IS 'When the visitor was made (UTC)';
COMMENT ON COLUMN visitors.updated_at IS 'When the visitor last changed (UTC)';
COMMENT ON COLUMN visitors.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE prices (
    id          uuid NOT NULL DEFAULT uuid_v7(),
    host_id     uuid NOT NULL,
    desk_id     uuid NOT NULL,
    amount      numeric(14,2) NOT NULL CHECK (amount >= 0),
    valid_from  date NOT NULL,
    valid_until date,
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    version     bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id),
    CONSTRAINT prices_valid_until_check CHECK (valid_until >= valid_from),
    CONSTRAINT prices_host_id_fkey FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE RESTRICT,
    CONSTRAINT prices_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desks (id) ON DELETE RESTRICT
);
COMMENT ON TABLE prices IS 'A price of a host and a desk; entered by hosts and viewed by visitors, each of one host: about 17,000 rows at the horizon, 460 more a month';
COMMENT ON COLUMN prices.id IS 'Identifies the price; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN prices.host_id IS 'Id of the host';
COMMENT ON COLUMN prices.desk_id IS 'Id of the desk';
COMMENT ON COLUMN prices.amount IS 'How much the price comes to, in its currency';
COMMENT ON COLUMN prices.valid_from IS 'From when on the price holds';
COMMENT ON COLUMN prices.valid_until IS 'Until when the price holds';
COMMENT ON COLUMN prices.currency IS 'ISO 4217 code of the amounts of this price';
COMMENT ON COLUMN prices.created_at IS 'When the price was made (UTC)';
COMMENT ON COLUMN prices.updated_at IS 'When the price last changed (UTC)';
COMMENT ON COLUMN prices.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';
CREATE INDEX prices_created_at_id_idx ON prices (created_at, id);
COMMENT ON INDEX prices_created_at_id_idx IS 'Serves view-price';
CREATE INDEX prices_host_id_created_at_id_idx ON prices (host_id, created_at, id);
COMMENT ON INDEX prices_host_id_created_at_id_idx IS 'Serves view-price';
CREATE INDEX prices_desk_id_created_at_id_idx ON prices (desk_id, created_at, id);
COMMENT ON INDEX prices_desk_id_created_at_id_idx IS 'Serves view-price';

CREATE TABLE opening_days (
    id         uuid NOT NULL DEFAULT uuid_v7(),
    host_id    uuid NOT NULL,
    place_id   uuid NOT NULL,
    day        date NOT NULL,
    opens_at   timestamptz NOT NULL,
    closes_at  timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id),
    CONSTRAINT opening_days_closes_at_check CHECK (closes_at > opens_at),
    CONSTRAINT opening_days_host_id_fkey FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE RESTRICT,
    CONSTRAINT opening_days_place_id_fkey FOREIGN KEY (place_id) REFERENCES places (id) ON DELETE RESTRICT
);
COMMENT ON TABLE opening_days IS 'An opening day of a host and a place; entered by hosts, each of one host: about 17,000 rows at the horizon, 460 more a month';
COMMENT ON COLUMN opening_days.id IS 'Identifies the opening day; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN opening_days.host_id IS 'Id of the host';
COMMENT ON COLUMN opening_days.place_id IS 'Id of the place';
COMMENT ON COLUMN opening_days.day IS 'The day that the opening day is about';
COMMENT ON COLUMN opening_days.opens_at IS 'When the doors open';
COMMENT ON COLUMN opening_days.closes_at IS 'When the doors close';
COMMENT ON COLUMN opening_days.created_at IS 'When the opening day was made (UTC)';
COMMENT ON COLUMN opening_days.updated_at IS 'When the opening day last changed (UTC)';
COMMENT ON COLUMN opening_days.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';
CREATE INDEX opening_days_host_id_created_at_id_idx ON opening_days (host_id, created_at, id);
COMMENT ON INDEX opening_days_host_id_created_at_id_idx IS 'Serves enter-opening-day';

CREATE TABLE photos (
    id          uuid NOT NULL DEFAULT uuid_v7(),
    place_id    uuid NOT NULL,
    host_id     uuid NOT NULL,
    object_key  text NOT NULL CHECK (char_length(object_key) BETWEEN 1 AND 200),
    media_type  text NOT NULL CHECK (char_length(media_type) BETWEEN 1 AND 200),
    size_bytes  bigint NOT NULL CHECK (size_bytes BETWEEN 0 AND 9007199254740991),
    checksum    text NOT NULL CHECK (char_length(checksum) BETWEEN 1 AND 200),
    uploaded_at timestamptz NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    version     bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id),
    UNIQUE (object_key),
    CONSTRAINT photos_place_id_fkey FOREIGN KEY (place_id) REFERENCES places (id) ON DELETE CASCADE,
    CONSTRAINT photos_host_id_fkey FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE RESTRICT
);
COMMENT ON TABLE photos IS 'A photo, part of a place, of a host; uploaded by hosts and viewed by visitors, each of one host: about 450 rows at the horizon, 12 more a month';
COMMENT ON COLUMN photos.id IS 'Identifies the photo; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN photos.place_id IS 'Id of the place that it is part of';
COMMENT ON COLUMN photos.host_id IS 'Id of the host';
COMMENT ON COLUMN photos.object_key IS 'Where the object store keeps the file of the photo';
COMMENT ON COLUMN photos.media_type IS 'What the file of the photo is, as in Content-Type';
COMMENT ON COLUMN photos.size_bytes IS 'Length of the file of the photo, in bytes';
COMMENT ON COLUMN photos.checksum IS 'SHA-256 of what the photo holds, to see whether it arrived whole';
COMMENT ON COLUMN photos.uploaded_at IS 'When the photo was uploaded';
COMMENT ON COLUMN photos.created_at IS 'When the photo was made (UTC)';
COMMENT ON COLUMN photos.updated_at IS 'When the photo last changed (UTC)';
COMMENT ON COLUMN photos.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE members (
    id         uuid NOT NULL DEFAULT uuid_v7(),
    subject    text CHECK (char_length(subject) <= 255),
    full_name  text NOT NULL CHECK (char_length(full_name) BETWEEN 1 AND 200),
    email      text CHECK (char_length(email) <= 254 AND email LIKE '%_@_%'),
    phone      text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id),
    UNIQUE (subject)
);
COMMENT ON TABLE members IS 'A member; reminders, bookings and payments belong to it: about 1,500 rows at the horizon, 42 more a month';
COMMENT ON COLUMN members.id IS 'Identifies the member; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN members.subject IS 'Ties the member to a sign-in (claim sub); empty for one without an account';
COMMENT ON COLUMN members.full_name IS 'The full name of the member, as the person writes it';
COMMENT ON COLUMN members.email IS 'Mail address of the member';
COMMENT ON COLUMN members.phone IS 'Phone number of the member, with its country (E.164)';
COMMENT ON COLUMN members.created_at IS 'When the member was made (UTC)';
COMMENT ON COLUMN members.updated_at IS 'When the member last changed (UTC)';
COMMENT ON COLUMN members.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE bookings (
    id         uuid NOT NULL DEFAULT uuid_v7(),
    desk_id    uuid NOT NULL,
    member_id  uuid NOT NULL,
    status     text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'paid', 'confirmed', 'cancelled', 'completed')),
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    price      numeric(14,2) NOT NULL CHECK (price >= 0),
    currency   text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id),
    CONSTRAINT bookings_ends_at_check CHECK (ends_at > starts_at),
    CONSTRAINT bookings_desk_id_no_overlap EXCLUDE USING gist (uuid_range(desk_id, desk_id, '[]') WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status NOT IN ('cancelled')),
    CONSTRAINT bookings_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desks (id) ON DELETE RESTRICT,
    CONSTRAINT bookings_member_id_fkey FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE RESTRICT
);
COMMENT ON TABLE bookings IS 'A booking of a desk and a member; booked, paid and cancelled by members, told of by the system and expected by hosts, each of one member: about 160,000 rows at the horizon, 4,500 more a month';
COMMENT ON COLUMN bookings.id IS 'Identifies the booking; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN bookings.desk_id IS 'Id of the desk';
COMMENT ON COLUMN bookings.member_id IS 'Id of the member';
COMMENT ON COLUMN bookings.status IS 'Where the booking stands: requested, paid, confirmed, cancelled, completed';
COMMENT ON COLUMN bookings.starts_at IS 'When the booking begins';
COMMENT ON COLUMN bookings.ends_at IS 'When the booking ends';
COMMENT ON COLUMN bookings.price IS 'What the booking costs, by the prices at the time when it was made';
COMMENT ON COLUMN bookings.currency IS 'ISO 4217 code of the amounts of this booking';
COMMENT ON COLUMN bookings.created_at IS 'When the booking was made (UTC)';
COMMENT ON COLUMN bookings.updated_at IS 'When the booking last changed (UTC)';
COMMENT ON COLUMN bookings.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';
CREATE INDEX bookings_desk_id_status_starts_at_id_idx ON bookings (desk_id, status, starts_at, id);
COMMENT ON INDEX bookings_desk_id_status_starts_at_id_idx IS 'Serves expect-desk';
CREATE INDEX bookings_member_id_starts_at_id_idx ON bookings (member_id, starts_at, id);
COMMENT ON INDEX bookings_member_id_starts_at_id_idx IS 'Serves expect-desk';
CREATE INDEX bookings_desk_id_ends_at_idx ON bookings (desk_id, ends_at);
COMMENT ON INDEX bookings_desk_id_ends_at_idx IS 'Serves list-desk';

CREATE TABLE reminders (
    id         uuid NOT NULL DEFAULT uuid_v7(),
    booking_id uuid NOT NULL,
    member_id  uuid,
    status     text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sent', 'failed')),
    channel    text NOT NULL CHECK (char_length(channel) BETWEEN 1 AND 200),
    recipient  text NOT NULL CHECK (char_length(recipient) BETWEEN 1 AND 200),
    sent_at    timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id),
    CONSTRAINT reminders_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES bookings (id) ON DELETE RESTRICT,
    CONSTRAINT reminders_member_id_fkey FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE SET NULL
);
COMMENT ON TABLE reminders IS 'A reminder of a booking and a member; told of by the system, each of one member: about 14,000 rows at the horizon, 4,500 more a month. Kept for 3 months';
COMMENT ON COLUMN reminders.id IS 'Identifies the reminder; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN reminders.booking_id IS 'Id of the booking';
COMMENT ON COLUMN reminders.member_id IS 'Id of the member';
COMMENT ON COLUMN reminders.status IS 'Where the reminder stands: queued, sent, failed';
COMMENT ON COLUMN reminders.channel IS 'The channel of the reminder';
COMMENT ON COLUMN reminders.recipient IS 'The recipient of the reminder';
COMMENT ON COLUMN reminders.sent_at IS 'When the reminder was sent';
COMMENT ON COLUMN reminders.created_at IS 'When the reminder was made (UTC)';
COMMENT ON COLUMN reminders.updated_at IS 'When the reminder last changed (UTC)';
COMMENT ON COLUMN reminders.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE payments (
    id                 uuid NOT NULL DEFAULT uuid_v7(),
    booking_id         uuid NOT NULL,
    member_id          uuid,
    status             text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'succeeded', 'failed', 'refunded')),
    amount             numeric(14,2) NOT NULL CHECK (amount >= 0),
    currency           text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    provider_reference text CHECK (char_length(provider_reference) <= 200),
    paid_at            timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    version            bigint NOT NULL DEFAULT 1 CHECK (version BETWEEN 1 AND 2147483647),
    PRIMARY KEY (id),
    UNIQUE (provider_reference),
    CONSTRAINT payments_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES bookings (id) ON DELETE RESTRICT,
    CONSTRAINT payments_member_id_fkey FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE SET NULL
);
COMMENT ON TABLE payments IS 'A payment of a booking and a member; refunded and paid out by the system, each of one member: about 54,000 rows at the horizon, 1,500 more a month';
COMMENT ON COLUMN payments.id IS 'Identifies the payment; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN payments.booking_id IS 'Id of the booking';
COMMENT ON COLUMN payments.member_id IS 'Id of the member';
COMMENT ON COLUMN payments.status IS 'Where the payment stands: pending, succeeded, failed, refunded';
COMMENT ON COLUMN payments.amount IS 'How much the payment comes to, in its currency';
COMMENT ON COLUMN payments.currency IS 'ISO 4217 code of the amounts of the payment';
COMMENT ON COLUMN payments.provider_reference IS 'The provider system''s own key of the payment';
COMMENT ON COLUMN payments.paid_at IS 'When the payment was paid';
COMMENT ON COLUMN payments.created_at IS 'When the payment was made (UTC)';
COMMENT ON COLUMN payments.updated_at IS 'When the payment last changed (UTC)';
COMMENT ON COLUMN payments.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE idempotency_keys (
    caller          text NOT NULL CHECK (char_length(caller) <= 255),
    idempotency_key text NOT NULL CHECK (char_length(idempotency_key) <= 255),
    operation       text NOT NULL CHECK (char_length(operation) <= 255),
    fingerprint     bytea NOT NULL,
    status          bigint CHECK (status BETWEEN 100 AND 599),
    response        jsonb,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, idempotency_key)
);
COMMENT ON TABLE idempotency_keys IS 'Answers to 7 commands of Deskdrop that a client may send again. Kept for 1 day';
COMMENT ON COLUMN idempotency_keys.caller IS 'Claim sub, or the address of one without an account';
COMMENT ON COLUMN idempotency_keys.idempotency_key IS 'Header Idempotency-Key';
COMMENT ON COLUMN idempotency_keys.operation IS 'operationId';
COMMENT ON COLUMN idempotency_keys.fingerprint IS 'SHA-256 of the request';
COMMENT ON COLUMN idempotency_keys.status IS 'HTTP status; empty while it runs';
COMMENT ON COLUMN idempotency_keys.response IS 'Body of the answer';
COMMENT ON COLUMN idempotency_keys.created_at IS 'When the key was first seen';
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);
COMMENT ON INDEX idempotency_keys_created_at_idx IS 'Serves keys that ended';

CREATE TABLE jobs (
    id           uuid NOT NULL DEFAULT uuid_v7(),
    kind         text NOT NULL CHECK (char_length(kind) <= 100),
    payload      jsonb NOT NULL,
    state        text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'running', 'done', 'failed', 'cancelled')),
    run_at       timestamptz NOT NULL DEFAULT now(),
    attempts     bigint NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 2147483647),
    locked_until timestamptz,
    last_error   text CHECK (char_length(last_error) <= 4000),
    result       jsonb,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE jobs IS 'Work of Deskdrop that runs in the background, taken with FOR UPDATE SKIP LOCKED. Kept for 14 days';
COMMENT ON COLUMN jobs.id IS 'Key; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN jobs.kind IS 'Operation that it runs';
COMMENT ON COLUMN jobs.payload IS 'Its input';
COMMENT ON COLUMN jobs.state IS 'How far it is';
COMMENT ON COLUMN jobs.run_at IS 'Not before';
COMMENT ON COLUMN jobs.attempts IS 'Tries';
COMMENT ON COLUMN jobs.locked_until IS 'A worker that died gives it back then';
COMMENT ON COLUMN jobs.last_error IS 'Why the last try failed';
COMMENT ON COLUMN jobs.result IS 'What came out, for whoever asks for the job';
COMMENT ON COLUMN jobs.created_at IS 'When it was asked for';
CREATE INDEX jobs_run_at_id_idx ON jobs (run_at, id) WHERE state = 'ready';
COMMENT ON INDEX jobs_run_at_id_idx IS 'Serves next job';

CREATE TABLE audit_entries (
    id            uuid NOT NULL DEFAULT uuid_v7(),
    at            timestamptz NOT NULL DEFAULT now(),
    actor         text NOT NULL CHECK (char_length(actor) <= 255),
    action        text NOT NULL CHECK (char_length(action) <= 255),
    subject_table text NOT NULL CHECK (char_length(subject_table) <= 63),
    subject_id    uuid,
    changed       jsonb,
    previous_hash bytea,
    PRIMARY KEY (id)
);
COMMENT ON TABLE audit_entries IS 'Who did what in Deskdrop, and when; rows are only added, the application may not change them. Kept for 12 months';
COMMENT ON COLUMN audit_entries.id IS 'Key; UUID version 7, so that new rows stand together in the index and in the order of their making';
COMMENT ON COLUMN audit_entries.at IS 'When';
COMMENT ON COLUMN audit_entries.actor IS 'Claim sub, or the name of the job';
COMMENT ON COLUMN audit_entries.action IS 'operationId';
COMMENT ON COLUMN audit_entries.subject_table IS 'Table of the row';
COMMENT ON COLUMN audit_entries.subject_id IS 'Key of the row';
COMMENT ON COLUMN audit_entries.changed IS 'Names of the fields that changed, never the values of secret ones';
COMMENT ON COLUMN audit_entries.previous_hash IS 'Hash of the entry before: a gap shows';
CREATE INDEX audit_entries_subject_id_at_id_idx ON audit_entries (subject_id, at, id);
COMMENT ON INDEX audit_entries_subject_id_at_id_idx IS 'Serves who did what with a row';

CREATE TABLE sessions (
    token_hash   bytea NOT NULL,
    subject      text NOT NULL CHECK (char_length(subject) <= 255),
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    PRIMARY KEY (token_hash)
);
COMMENT ON TABLE sessions IS 'Sessions, looked up with each request';
COMMENT ON COLUMN sessions.token_hash IS 'SHA-256 of the token; it is not kept itself';
COMMENT ON COLUMN sessions.subject IS 'Claim sub';
COMMENT ON COLUMN sessions.created_at IS 'When it began';
COMMENT ON COLUMN sessions.last_used_at IS 'When it was last used';
COMMENT ON COLUMN sessions.expires_at IS 'When it ends by itself';
COMMENT ON COLUMN sessions.revoked_at IS 'When it was ended';
CREATE INDEX sessions_subject_idx ON sessions (subject);
COMMENT ON INDEX sessions_subject_idx IS 'Serves sessions of a person';

COMMIT;
