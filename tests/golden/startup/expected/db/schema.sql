-- Tables of Deskdrop: main database, Azure Database for PostgreSQL 17.
-- Written by archsmith from design.json. Change the brief or the requirements, not this file.

BEGIN;

CREATE TABLE places (
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    name       text NOT NULL CHECK (char_length(name) <= 200),
    note       text CHECK (char_length(note) <= 4000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id)
);
COMMENT ON TABLE places IS 'What is kept of a place';
COMMENT ON COLUMN places.id IS 'Key';
COMMENT ON COLUMN places.name IS 'Name';
COMMENT ON COLUMN places.note IS 'Note';
COMMENT ON COLUMN places.created_at IS 'When the row was made';
COMMENT ON COLUMN places.updated_at IS 'When the row last changed';
COMMENT ON COLUMN places.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE hosts (
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    subject    text CHECK (char_length(subject) <= 255),
    full_name  text NOT NULL CHECK (char_length(full_name) <= 200),
    email      text CHECK (char_length(email) <= 320 AND email LIKE '%_@_%'),
    phone      text CHECK (char_length(phone) <= 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id),
    UNIQUE (subject)
);
COMMENT ON TABLE hosts IS 'What is kept of a host';
COMMENT ON COLUMN hosts.id IS 'Key';
COMMENT ON COLUMN hosts.subject IS 'Ties the host to a sign-in (claim sub); empty for one without an account';
COMMENT ON COLUMN hosts.full_name IS 'Full name';
COMMENT ON COLUMN hosts.email IS 'Email';
COMMENT ON COLUMN hosts.phone IS 'Phone';
COMMENT ON COLUMN hosts.created_at IS 'When the row was made';
COMMENT ON COLUMN hosts.updated_at IS 'When the row last changed';
COMMENT ON COLUMN hosts.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE desks (
    id           uuid NOT NULL DEFAULT gen_random_uuid(),
    host_id      uuid NOT NULL,
    status       text NOT NULL DEFAULT 'entered' CHECK (status IN ('entered', 'paid')),
    name         text NOT NULL CHECK (char_length(name) <= 200),
    capacity     integer CHECK (capacity >= 0),
    active       boolean NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    version      integer NOT NULL DEFAULT 1 CHECK (version > 0),
    search_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce(name, ''))) STORED,
    PRIMARY KEY (id),
    CONSTRAINT desks_host_id_fkey FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE RESTRICT
);
COMMENT ON TABLE desks IS 'What is kept of a desk; refers to host';
COMMENT ON COLUMN desks.id IS 'Key';
COMMENT ON COLUMN desks.host_id IS 'Its host';
COMMENT ON COLUMN desks.status IS 'Where the desk stands: entered, paid';
COMMENT ON COLUMN desks.name IS 'Name';
COMMENT ON COLUMN desks.capacity IS 'Capacity';
COMMENT ON COLUMN desks.active IS 'Active';
COMMENT ON COLUMN desks.created_at IS 'When the row was made';
COMMENT ON COLUMN desks.updated_at IS 'When the row last changed';
COMMENT ON COLUMN desks.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';
COMMENT ON COLUMN desks.search_words IS 'Words of name';
CREATE INDEX desks_host_id_status_created_at_id_idx ON desks (host_id, status, created_at, id);
COMMENT ON INDEX desks_host_id_status_created_at_id_idx IS 'Serves list-desk';
CREATE INDEX desks_host_id_status_name_id_idx ON desks (host_id, status, name, id);
COMMENT ON INDEX desks_host_id_status_name_id_idx IS 'Serves search-desk';
CREATE INDEX desks_words_idx ON desks USING gin (search_words);
COMMENT ON INDEX desks_words_idx IS 'Serves search-desk';

CREATE TABLE visitors (
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    full_name  text NOT NULL CHECK (char_length(full_name) <= 200),
    email      text CHECK (char_length(email) <= 320 AND email LIKE '%_@_%'),
    phone      text CHECK (char_length(phone) <= 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id)
);
COMMENT ON TABLE visitors IS 'What is kept of a visitor';
COMMENT ON COLUMN visitors.id IS 'Key';
COMMENT ON COLUMN visitors.full_name IS 'Full name';
COMMENT ON COLUMN visitors.email IS 'Email';
COMMENT ON COLUMN visitors.phone IS 'Phone';
COMMENT ON COLUMN visitors.created_at IS 'When the row was made';
COMMENT ON COLUMN visitors.updated_at IS 'When the row last changed';
COMMENT ON COLUMN visitors.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE prices (
    id          uuid NOT NULL DEFAULT gen_random_uuid(),
    host_id     uuid NOT NULL,
    amount      numeric(14,2) NOT NULL CHECK (amount >= 0),
    valid_from  date NOT NULL,
    valid_until date,
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    version     integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id),
    CONSTRAINT prices_host_id_fkey FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE RESTRICT
);
COMMENT ON TABLE prices IS 'What is kept of a price; refers to host';
COMMENT ON COLUMN prices.id IS 'Key';
COMMENT ON COLUMN prices.host_id IS 'Its host';
COMMENT ON COLUMN prices.amount IS 'Amount';
COMMENT ON COLUMN prices.valid_from IS 'Valid from';
COMMENT ON COLUMN prices.valid_until IS 'Valid until';
COMMENT ON COLUMN prices.currency IS 'ISO 4217 code of the amounts in this row';
COMMENT ON COLUMN prices.created_at IS 'When the row was made';
COMMENT ON COLUMN prices.updated_at IS 'When the row last changed';
COMMENT ON COLUMN prices.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE opening_days (
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    name       text NOT NULL CHECK (char_length(name) <= 200),
    note       text CHECK (char_length(note) <= 4000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id)
);
COMMENT ON TABLE opening_days IS 'What is kept of an opening day';
COMMENT ON COLUMN opening_days.id IS 'Key';
COMMENT ON COLUMN opening_days.name IS 'Name';
COMMENT ON COLUMN opening_days.note IS 'Note';
COMMENT ON COLUMN opening_days.created_at IS 'When the row was made';
COMMENT ON COLUMN opening_days.updated_at IS 'When the row last changed';
COMMENT ON COLUMN opening_days.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE photos (
    id          uuid NOT NULL DEFAULT gen_random_uuid(),
    place_id    uuid NOT NULL,
    host_id     uuid NOT NULL,
    object_key  text NOT NULL CHECK (char_length(object_key) <= 200),
    media_type  text NOT NULL CHECK (char_length(media_type) <= 200),
    size_bytes  integer NOT NULL CHECK (size_bytes >= 0),
    checksum    text NOT NULL CHECK (char_length(checksum) <= 200),
    uploaded_at timestamptz NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    version     integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id),
    UNIQUE (object_key),
    CONSTRAINT photos_place_id_fkey FOREIGN KEY (place_id) REFERENCES places (id) ON DELETE CASCADE,
    CONSTRAINT photos_host_id_fkey FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE RESTRICT
);
COMMENT ON TABLE photos IS 'What is kept of a photo, part of place; refers to place, host';
COMMENT ON COLUMN photos.id IS 'Key';
COMMENT ON COLUMN photos.place_id IS 'The place that it is part of';
COMMENT ON COLUMN photos.host_id IS 'Its host';
COMMENT ON COLUMN photos.object_key IS 'Object key';
COMMENT ON COLUMN photos.media_type IS 'Media type';
COMMENT ON COLUMN photos.size_bytes IS 'Size bytes';
COMMENT ON COLUMN photos.checksum IS 'Checksum';
COMMENT ON COLUMN photos.uploaded_at IS 'Uploaded at';
COMMENT ON COLUMN photos.created_at IS 'When the row was made';
COMMENT ON COLUMN photos.updated_at IS 'When the row last changed';
COMMENT ON COLUMN photos.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';
CREATE INDEX photos_place_id_idx ON photos (place_id);

CREATE TABLE members (
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    subject    text CHECK (char_length(subject) <= 255),
    full_name  text NOT NULL CHECK (char_length(full_name) <= 200),
    email      text CHECK (char_length(email) <= 320 AND email LIKE '%_@_%'),
    phone      text CHECK (char_length(phone) <= 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id),
    UNIQUE (subject)
);
COMMENT ON TABLE members IS 'What is kept of a member';
COMMENT ON COLUMN members.id IS 'Key';
COMMENT ON COLUMN members.subject IS 'Ties the member to a sign-in (claim sub); empty for one without an account';
COMMENT ON COLUMN members.full_name IS 'Full name';
COMMENT ON COLUMN members.email IS 'Email';
COMMENT ON COLUMN members.phone IS 'Phone';
COMMENT ON COLUMN members.created_at IS 'When the row was made';
COMMENT ON COLUMN members.updated_at IS 'When the row last changed';
COMMENT ON COLUMN members.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE bookings (
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    desk_id    uuid NOT NULL,
    member_id  uuid NOT NULL,
    status     text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'paid', 'confirmed', 'cancelled', 'completed')),
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    note       text CHECK (char_length(note) <= 4000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id),
    CONSTRAINT bookings_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desks (id) ON DELETE RESTRICT,
    CONSTRAINT bookings_member_id_fkey FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE RESTRICT
);
COMMENT ON TABLE bookings IS 'What is kept of a booking; refers to desk, member';
COMMENT ON COLUMN bookings.id IS 'Key';
COMMENT ON COLUMN bookings.desk_id IS 'Its desk';
COMMENT ON COLUMN bookings.member_id IS 'Its member';
COMMENT ON COLUMN bookings.status IS 'Where the booking stands: requested, paid, confirmed, cancelled, completed';
COMMENT ON COLUMN bookings.starts_at IS 'Starts at';
COMMENT ON COLUMN bookings.ends_at IS 'Ends at';
COMMENT ON COLUMN bookings.note IS 'Note';
COMMENT ON COLUMN bookings.created_at IS 'When the row was made';
COMMENT ON COLUMN bookings.updated_at IS 'When the row last changed';
COMMENT ON COLUMN bookings.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE reminders (
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    booking_id uuid NOT NULL,
    member_id  uuid,
    status     text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sent', 'failed')),
    channel    text NOT NULL CHECK (char_length(channel) <= 200),
    recipient  text NOT NULL CHECK (char_length(recipient) <= 200),
    sent_at    timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id),
    CONSTRAINT reminders_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES bookings (id) ON DELETE RESTRICT,
    CONSTRAINT reminders_member_id_fkey FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE SET NULL
);
COMMENT ON TABLE reminders IS 'What is kept of a reminder; refers to booking, member. Kept for 3 months';
COMMENT ON COLUMN reminders.id IS 'Key';
COMMENT ON COLUMN reminders.booking_id IS 'Its booking';
COMMENT ON COLUMN reminders.member_id IS 'Its member';
COMMENT ON COLUMN reminders.status IS 'Where the reminder stands: queued, sent, failed';
COMMENT ON COLUMN reminders.channel IS 'Channel';
COMMENT ON COLUMN reminders.recipient IS 'Recipient';
COMMENT ON COLUMN reminders.sent_at IS 'Sent at';
COMMENT ON COLUMN reminders.created_at IS 'When the row was made';
COMMENT ON COLUMN reminders.updated_at IS 'When the row last changed';
COMMENT ON COLUMN reminders.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE payments (
    id                 uuid NOT NULL DEFAULT gen_random_uuid(),
    booking_id         uuid NOT NULL,
    member_id          uuid,
    status             text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'succeeded', 'failed', 'refunded')),
    amount             numeric(14,2) NOT NULL CHECK (amount >= 0),
    currency           text NOT NULL CHECK (char_length(currency) <= 200),
    provider_reference text CHECK (char_length(provider_reference) <= 200),
    paid_at            timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    version            integer NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (id),
    UNIQUE (provider_reference),
    CONSTRAINT payments_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES bookings (id) ON DELETE RESTRICT,
    CONSTRAINT payments_member_id_fkey FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE SET NULL
);
COMMENT ON TABLE payments IS 'What is kept of a payment; refers to booking, member';
COMMENT ON COLUMN payments.id IS 'Key';
COMMENT ON COLUMN payments.booking_id IS 'Its booking';
COMMENT ON COLUMN payments.member_id IS 'Its member';
COMMENT ON COLUMN payments.status IS 'Where the payment stands: pending, succeeded, failed, refunded';
COMMENT ON COLUMN payments.amount IS 'Amount';
COMMENT ON COLUMN payments.currency IS 'Currency';
COMMENT ON COLUMN payments.provider_reference IS 'Provider reference';
COMMENT ON COLUMN payments.paid_at IS 'Paid at';
COMMENT ON COLUMN payments.created_at IS 'When the row was made';
COMMENT ON COLUMN payments.updated_at IS 'When the row last changed';
COMMENT ON COLUMN payments.version IS 'Counts changes; the ETag, so that two people do not overwrite each other';

CREATE TABLE idempotency_keys (
    caller          text NOT NULL CHECK (char_length(caller) <= 255),
    idempotency_key text NOT NULL CHECK (char_length(idempotency_key) <= 255),
    operation       text NOT NULL CHECK (char_length(operation) <= 255),
    fingerprint     bytea NOT NULL,
    status          integer,
    response        jsonb,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, idempotency_key)
);
COMMENT ON TABLE idempotency_keys IS 'Answers to 4 commands of Deskdrop that a client may send again. Kept for 1 day';
COMMENT ON COLUMN idempotency_keys.caller IS 'Claim sub, or the address of one without an account';
COMMENT ON COLUMN idempotency_keys.idempotency_key IS 'Header Idempotency-Key';
COMMENT ON COLUMN idempotency_keys.operation IS 'operationId';
COMMENT ON COLUMN idempotency_keys.fingerprint IS 'SHA-256 of the request';
COMMENT ON COLUMN idempotency_keys.status IS 'HTTP status; empty while it runs';
COMMENT ON COLUMN idempotency_keys.response IS 'Body of the answer';
COMMENT ON COLUMN idempotency_keys.created_at IS 'When the key was first seen';
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

CREATE TABLE jobs (
    id           uuid NOT NULL DEFAULT gen_random_uuid(),
    kind         text NOT NULL CHECK (char_length(kind) <= 100),
    payload      jsonb NOT NULL,
    state        text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'running', 'done', 'failed')),
    run_at       timestamptz NOT NULL DEFAULT now(),
    attempts     integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    locked_until timestamptz,
    last_error   text CHECK (char_length(last_error) <= 4000),
    result       jsonb,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE jobs IS 'Work of Deskdrop that runs in the background, taken with FOR UPDATE SKIP LOCKED. Kept for 14 days';
COMMENT ON COLUMN jobs.id IS 'Key';
COMMENT ON COLUMN jobs.kind IS 'Operation that it runs';
COMMENT ON COLUMN jobs.payload IS 'Its input';
COMMENT ON COLUMN jobs.state IS 'How far it is';
COMMENT ON COLUMN jobs.run_at IS 'Not before';
COMMENT ON COLUMN jobs.attempts IS 'Tries';
COMMENT ON COLUMN jobs.locked_until IS 'A worker that died gives it back then';
COMMENT ON COLUMN jobs.last_error IS 'Why the last try failed';
COMMENT ON COLUMN jobs.result IS 'What came out, for whoever asks for the job';
COMMENT ON COLUMN jobs.created_at IS 'When it was asked for';
CREATE INDEX jobs_run_at_idx ON jobs (run_at) WHERE state = 'ready';

CREATE TABLE audit_entries (
    id            uuid NOT NULL DEFAULT gen_random_uuid(),
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
COMMENT ON COLUMN audit_entries.id IS 'Key';
COMMENT ON COLUMN audit_entries.at IS 'When';
COMMENT ON COLUMN audit_entries.actor IS 'Claim sub, or the name of the job';
COMMENT ON COLUMN audit_entries.action IS 'operationId';
COMMENT ON COLUMN audit_entries.subject_table IS 'Table of the row';
COMMENT ON COLUMN audit_entries.subject_id IS 'Key of the row';
COMMENT ON COLUMN audit_entries.changed IS 'Names of the fields that changed, never the values of secret ones';
COMMENT ON COLUMN audit_entries.previous_hash IS 'Hash of the entry before: a gap shows';
CREATE INDEX audit_entries_subject_id_at_idx ON audit_entries (subject_id, at);

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

COMMIT;
