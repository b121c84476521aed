-- What Deskdrop asks of main database: the statements of its operations, prepared, so that EXPLAIN (ANALYZE) EXECUTE
-- shows how each is answered. Run it after schema.sql.

-- list_places (list-desk): by reading the table, which is small or asked for as a whole.
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

-- list_desks by host_id (list-desk): by the index desks_host_id_created_at_id_idx.
PREPARE list_desks_by_host_id AS
SELECT desks.*
FROM desks
WHERE desks.host_id = $1
    AND (desks.created_at, desks.id) < ($2, $3)
ORDER BY desks.created_at DESC, desks.id DESC
LIMIT $4;

-- expect-desk: desks of the caller (expect-desk): by the index desks_host_id_created_at_id_idx.
PREPARE expect_desk_desks_of_the_caller AS
SELECT desks.*
FROM desks
WHERE desks.host_id = $1;

-- list-desk, free ones (list-desk): by the index desks_place_id_created_at_id_idx.
PREPARE list_desk_free_ones AS
SELECT desks.*
FROM desks
WHERE desks.place_id = $1
    AND NOT EXISTS (
        SELECT 1 FROM bookings WHERE bookings.desk_id = desks.id
            AND bookings.ends_at > $2
            AND bookings.starts_at < $3
            AND status NOT IN ('cancelled')
    )
    AND (desks.created_at, desks.id) < ($4, $5)
ORDER BY desks.created_at DESC, desks.id DESC
LIMIT $6;

-- search-desk, free ones (search-desk): by the index desks_place_id_name_id_idx.
PREPARE search_desk_free_ones AS
SELECT desks.*
FROM desks
WHERE desks.place_id = $1
    AND NOT EXISTS (
        SELECT 1 FROM bookings WHERE bookings.desk_id = desks.id
            AND bookings.ends_at > $2
            AND bookings.starts_at < $3
            AND status NOT IN ('cancelled')
    )
    AND (desks.name, desks.id) < ($4, $5)
ORDER BY desks.name DESC, desks.id DESC
LIMIT $6;

-- list_desks by host_id, free ones (list-desk): by the index desks_host_id_created_at_id_idx.
PREPARE list_desks_by_host_id_free_ones AS
SELECT desks.*
FROM desks
WHERE desks.host_id = $1
    AND NOT EXISTS (
        SELECT 1 FROM bookings WHERE bookings.desk_id = desks.id
            AND bookings.ends_at > $2
            AND bookings.starts_at < $3
            AND status NOT IN ('cancelled')
    )
    AND (desks.created_at, desks.id) < ($4, $5)
ORDER BY desks.created_at DESC, desks.id DESC
LIMIT $6;

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

-- list_prices by host_id (view-price): by the index prices_host_id_created_at_id_idx.
PREPARE list_prices_by_host_id AS
SELECT prices.*
FROM prices
WHERE prices.host_id = $1
    AND (prices.created_at, prices.id) < ($2, $3)
ORDER BY prices.created_at DESC, prices.id DESC
LIMIT $4;

-- list_prices by desk_id (view-price): by the index prices_desk_id_created_at_id_idx.
PREPARE list_prices_by_desk_id AS
SELECT prices.*
FROM prices
WHERE prices.desk_id = $1
    AND (prices.created_at, prices.id) < ($2, $3)
ORDER BY prices.created_at DESC, prices.id DESC
LIMIT $4;

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

-- list_opening_days by place_id (enter-opening-day): by the index opening_days_host_id_created_at_id_idx.
PREPARE list_opening_days_by_place_id AS
SELECT opening_days.*
FROM opening_days
WHERE opening_days.host_id = $1
    AND opening_days.place_id = $2
    AND (opening_days.created_at, opening_days.id) < ($3, $4)
ORDER BY opening_days.created_at DESC, opening_days.id DESC
LIMIT $5;

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

-- expect-desk: by the index bookings_desk_id_status_starts_at_id_idx.
PREPARE expect_desk AS
SELECT bookings.*
FROM bookings
JOIN desks ON desks.id = bookings.desk_id
WHERE desks.host_id = $1
    AND bookings.desk_id = $2
    AND bookings.status = $3
    AND bookings.starts_at >= $4
    AND bookings.starts_at < $5
    AND (bookings.starts_at, bookings.id) < ($6, $7)
ORDER BY bookings.starts_at DESC, bookings.id DESC
LIMIT $8;

-- list_bookings by member_id (expect-desk): by the index bookings_member_id_starts_at_id_idx.
PREPARE list_bookings_by_member_id AS
SELECT bookings.*
FROM bookings
JOIN desks ON desks.id = bookings.desk_id
WHERE desks.host_id = $1
    AND bookings.member_id = $2
    AND (bookings.starts_at, bookings.id) < ($3, $4)
ORDER BY bookings.starts_at DESC, bookings.id DESC
LIMIT $5;

-- list_bookings for a member (expect-desk): by the index bookings_member_id_starts_at_id_idx.
PREPARE list_bookings_for_a_member AS
SELECT bookings.*
FROM bookings
WHERE bookings.member_id = $1
    AND (bookings.starts_at, bookings.id) < ($2, $3)
ORDER BY bookings.starts_at DESC, bookings.id DESC
LIMIT $4;

-- bookings that take a desk (list-desk): by the index bookings_desk_id_ends_at_idx.
PREPARE bookings_that_take_a_desk AS
SELECT bookings.*
FROM bookings
WHERE bookings.desk_id = $1
    AND bookings.ends_at > $2
    AND bookings.starts_at < $3
    AND status NOT IN ('cancelled');

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
