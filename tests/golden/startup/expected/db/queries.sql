-- What Deskdrop asks of main database: the statements of its operations, prepared, so that EXPLAIN (ANALYZE) EXECUTE
-- shows how each is answered. Run it after schema.sql.

-- list_places (view-photo): by reading the table, which is small or asked for as a whole.
PREPARE list_places AS
SELECT places.*
FROM places
WHERE (places.created_at, places.id) < ($1, $2)
ORDER BY places.created_at DESC, places.id DESC
LIMIT $3;

-- list-desk: by the index desks_place_id_created_at_id_idx.
PREPARE list_desk AS
SELECT desks.*
FROM desks
WHERE desks.place_id = $1
    AND (desks.created_at, desks.id) < ($2, $3)
ORDER BY desks.created_at DESC, desks.id DESC
LIMIT $4;

-- search-desk by words (search-desk): by the index desks_words_idx.
PREPARE search_desk_by_words AS
SELECT desks.*
FROM desks
WHERE desks.search_words @@ websearch_to_tsquery('simple', $1)
ORDER BY ts_rank(desks.search_words, websearch_to_tsquery('simple', $1)) DESC, desks.id
LIMIT $2;

-- search-desk: by the index desks_place_id_name_id_idx.
PREPARE search_desk AS
SELECT desks.*
FROM desks
WHERE desks.place_id = $1
    AND (desks.name, desks.id) < ($2, $3)
ORDER BY desks.name DESC, desks.id DESC
LIMIT $4;

-- view-price: by the key (id).
PREPARE view_price AS
SELECT prices.*
FROM prices
WHERE prices.id = $1;

-- list_prices (view-price): by the index prices_created_at_id_idx.
PREPARE list_prices AS
SELECT prices.*
FROM prices
WHERE (prices.created_at, prices.id) < ($1, $2)
ORDER BY prices.created_at DESC, prices.id DESC
LIMIT $3;

-- the caller's own host: by the key (subject).
PREPARE the_caller_s_own_host AS
SELECT hosts.*
FROM hosts
WHERE hosts.subject = $1;

-- list_opening_days (enter-opening-day): by the index opening_days_host_id_created_at_id_idx.
PREPARE list_opening_days AS
SELECT opening_days.*
FROM opening_days
WHERE opening_days.host_id = $1
    AND (opening_days.created_at, opening_days.id) < ($2, $3)
ORDER BY opening_days.created_at DESC, opening_days.id DESC
LIMIT $4;

-- view-photo: by reading the table, which is small or asked for as a whole.
PREPARE view_photo AS
SELECT photos.*
FROM photos
WHERE photos.place_id = $1
    AND (photos.uploaded_at, photos.id) < ($2, $3)
ORDER BY photos.uploaded_at DESC, photos.id DESC
LIMIT $4;

-- photos of a place: by reading the table, which is small or asked for as a whole.
PREPARE photos_of_a_place AS
SELECT photos.*
FROM photos
WHERE photos.place_id = $1;

-- the caller's own member: by the key (subject).
PREPARE the_caller_s_own_member AS
SELECT members.*
FROM members
WHERE members.subject = $1;

-- list_bookings (book-desk): by the index bookings_member_id_created_at_id_idx.
PREPARE list_bookings AS
SELECT bookings.*
FROM bookings
WHERE bookings.member_id = $1
    AND (bookings.created_at, bookings.id) < ($2, $3)
ORDER BY bookings.created_at DESC, bookings.id DESC
LIMIT $4;

-- was it asked before: by the key (caller, idempotency_key).
PREPARE was_it_asked_before AS
SELECT idempotency_keys.*
FROM idempotency_keys
WHERE idempotency_keys.caller = $1
    AND idempotency_keys.idempotency_key = $2;

-- keys that ended: by the index idempotency_keys_created_at_idx.
PREPARE keys_that_ended AS
DELETE
FROM idempotency_keys
WHERE idempotency_keys.created_at < $1;

-- next job: by the index jobs_run_at_id_idx.
PREPARE next_job AS
SELECT jobs.*
FROM jobs
WHERE state = 'ready'
ORDER BY run_at, id
LIMIT 1
FOR UPDATE SKIP LOCKED;

-- state of a job: by the key (id).
PREPARE state_of_a_job AS
SELECT jobs.*
FROM jobs
WHERE jobs.id = $1;

-- who did what with a row: by the index audit_entries_subject_id_at_id_idx.
PREPARE who_did_what_with_a_row AS
SELECT audit_entries.*
FROM audit_entries
WHERE audit_entries.subject_id = $1
    AND (audit_entries.at, audit_entries.id) < ($2, $3)
ORDER BY audit_entries.at DESC, audit_entries.id DESC
LIMIT $4;

-- session of a request: by the key (token_hash).
PREPARE session_of_a_request AS
SELECT sessions.*
FROM sessions
WHERE sessions.token_hash = $1;

-- sessions of a person: by the index sessions_subject_idx.
PREPARE sessions_of_a_person AS
SELECT sessions.*
FROM sessions
WHERE sessions.subject = $1;
