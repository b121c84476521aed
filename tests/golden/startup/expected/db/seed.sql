-- Rows of Deskdrop for development and tests: made up, and the same as in the examples of the API. Run once, after
-- schema.sql or the migrations, in a database of its own; never in production.
-- Empty, since the service fills them while it runs: idempotency_keys, jobs, audit_entries and sessions.

BEGIN;

INSERT INTO places (id, name, created_at, updated_at, version) VALUES
    ('019cade2-11c0-7cf5-91a8-31e5d421b514', 'Place 14', '2026-03-02T09:35:51Z', '2026-03-02T09:35:51Z', 1),
    ('019ca395-59c0-7421-b112-79624c1de318', 'Place 15', '2026-02-28T09:32:40Z', '2026-02-28T09:32:40Z', 1),
    ('019c9948-a1c0-7eff-86ae-85f61bccd5ab', 'Place 16', '2026-02-26T09:37:43Z', '2026-02-26T09:37:43Z', 1);

INSERT INTO hosts (id, subject, full_name, email, phone, created_at, updated_at, version) VALUES
    ('019cade2-11c0-75f5-9a60-d7765f02918c', '019cade2-11c0-7fbd-9980-817194535e05', 'Mara Lindqvist', 'ines@example.com', '+442079460017', '2026-03-02T09:31:40Z', '2026-03-02T09:31:40Z', 1),
    ('019ca395-59c0-7844-8e19-cd19243fb717', '019ca395-59c0-777f-b991-c99a9c3de28d', 'Tomas Okafor', 'mara@example.com', '+442079460951', '2026-02-28T09:35:50Z', '2026-02-28T09:35:50Z', 1),
    ('019c9948-a1c0-75fe-a0b9-4b504291248a', '019c9948-a1c0-7723-ac1f-2d75dcc30cd0', 'Ines Moreau', 'tomas@example.com', '+442079460017', '2026-02-26T09:38:45Z', '2026-02-26T09:38:45Z', 1);

INSERT INTO desks (id, place_id, host_id, name, active, created_at, updated_at, version) VALUES
    ('019cade2-11c0-718d-ac7a-410c5dcc254e', '019cade2-11c0-7cf5-91a8-31e5d421b514', '019cade2-11c0-75f5-9a60-d7765f02918c', 'Desk 33', true, '2026-03-02T09:38:11Z', '2026-03-02T09:38:11Z', 1),
    ('019ca395-59c0-7c46-ac8c-6fb3480a3f82', '019ca395-59c0-7421-b112-79624c1de318', '019ca395-59c0-7844-8e19-cd19243fb717', 'Desk 34', true, '2026-02-28T09:38:35Z', '2026-02-28T09:38:35Z', 1),
    ('019c9948-a1c0-78f6-b677-023cd88e9d19', '019c9948-a1c0-7eff-86ae-85f61bccd5ab', '019c9948-a1c0-75fe-a0b9-4b504291248a', 'Desk 35', true, '2026-02-26T09:38:14Z', '2026-02-26T09:38:14Z', 1);

INSERT INTO visitors (id, full_name, email, phone, created_at, updated_at, version) VALUES
    ('019cade2-11c0-7322-ab4a-9972dc4dab2e', 'Ines Moreau', 'ines@example.com', '+442079460017', '2026-03-02T09:32:22Z', '2026-03-02T09:32:22Z', 1),
    ('019ca395-59c0-7fe2-b498-3b3b55060bb2', 'Jonas Petrov', 'mara@example.com', '+442079460951', '2026-02-28T09:34:24Z', '2026-02-28T09:34:24Z', 1),
    ('019c9948-a1c0-7261-b6d7-09505ac1b10c', 'Mara Lindqvist', 'tomas@example.com', '+442079460017', '2026-02-26T09:39:05Z', '2026-02-26T09:39:05Z', 1);

INSERT INTO prices (id, host_id, desk_id, amount, valid_from, valid_until, currency, created_at, updated_at, version) VALUES
    ('019cade2-11c0-772f-b3b6-f1534858aff2', '019cade2-11c0-75f5-9a60-d7765f02918c', '019cade2-11c0-718d-ac7a-410c5dcc254e', '119.00', '2026-03-09', '2027-03-02', 'EUR', '2026-03-02T09:39:33Z', '2026-03-02T09:39:33Z', 1),
    ('019ca395-59c0-7f19-9c7c-dcf4c39b9e9f', '019ca395-59c0-7844-8e19-cd19243fb717', '019ca395-59c0-7c46-ac8c-6fb3480a3f82', '75.50', '2026-03-07', '2027-02-28', 'EUR', '2026-02-28T09:30:11Z', '2026-02-28T09:30:11Z', 1),
    ('019c9948-a1c0-7422-904f-5f151c19a49f', '019c9948-a1c0-75fe-a0b9-4b504291248a', '019c9948-a1c0-78f6-b677-023cd88e9d19', '34.00', '2026-03-05', '2027-02-26', 'EUR', '2026-02-26T09:37:18Z', '2026-02-26T09:37:18Z', 1);

INSERT INTO opening_days (id, host_id, place_id, day, opens_at, closes_at, created_at, updated_at, version) VALUES
    ('019cade2-11c0-7083-88fb-9ca2fb610038', '019cade2-11c0-75f5-9a60-d7765f02918c', '019cade2-11c0-7cf5-91a8-31e5d421b514', '2026-03-09', '2026-03-09T09:00:00Z', '2026-03-09T17:00:00Z', '2026-03-02T09:39:58Z', '2026-03-02T09:39:58Z', 1),
    ('019ca395-59c0-78f3-9472-9a50832ac73f', '019ca395-59c0-7844-8e19-cd19243fb717', '019ca395-59c0-7421-b112-79624c1de318', '2026-03-07', '2026-03-07T09:00:00Z', '2026-03-07T17:00:00Z', '2026-02-28T09:39:18Z', '2026-02-28T09:39:18Z', 1),
    ('019c9948-a1c0-7146-aa7b-448aa301846e', '019c9948-a1c0-75fe-a0b9-4b504291248a', '019c9948-a1c0-7eff-86ae-85f61bccd5ab', '2026-03-05', '2026-03-05T09:00:00Z', '2026-03-05T17:00:00Z', '2026-02-26T09:44:20Z', '2026-02-26T09:44:20Z', 1);

INSERT INTO photos (id, place_id, host_id, object_key, media_type, size_bytes, checksum, uploaded_at, created_at, updated_at, version) VALUES
    ('019cade2-11c0-777b-8d9f-d8c63f7e82fa', '019cade2-11c0-7cf5-91a8-31e5d421b514', '019cade2-11c0-75f5-9a60-d7765f02918c', '2026/03/b81e02.bin', 'image/png', 309428, 'sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9', '2026-03-02T09:41:53Z', '2026-03-02T09:41:53Z', '2026-03-02T09:41:53Z', 1),
    ('019ca395-59c0-7e66-997b-26cfb33e5ee2', '019ca395-59c0-7421-b112-79624c1de318', '019ca395-59c0-7844-8e19-cd19243fb717', '2026/03/7f3a9c.bin', 'image/jpeg', 568321, 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', '2026-02-28T09:38:21Z', '2026-02-28T09:38:21Z', '2026-02-28T09:38:21Z', 1),
    ('019c9948-a1c0-7253-b164-2d8ef3414f01', '019c9948-a1c0-7eff-86ae-85f61bccd5ab', '019c9948-a1c0-75fe-a0b9-4b504291248a', '2026/03/b81e02.bin-3', 'image/png', 132014, 'sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9', '2026-02-26T09:36:22Z', '2026-02-26T09:36:22Z', '2026-02-26T09:36:22Z', 1),
    ('019c8efb-e9c0-735b-b55d-0c70e00cc1a1', '019cade2-11c0-7cf5-91a8-31e5d421b514', '019cade2-11c0-75f5-9a60-d7765f02918c', '2026/03/7f3a9c.bin-4', 'image/jpeg', 746763, 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', '2026-02-24T09:36:11Z', '2026-02-24T09:36:11Z', '2026-02-24T09:36:11Z', 1),
    ('019c84af-31c0-7839-b4e4-fc7a60b45b8d', '019ca395-59c0-7421-b112-79624c1de318', '019ca395-59c0-7844-8e19-cd19243fb717', '2026/03/b81e02.bin-5', 'image/png', 473863, 'sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9', '2026-02-22T09:32:56Z', '2026-02-22T09:32:56Z', '2026-02-22T09:32:56Z', 1);

INSERT INTO members (id, subject, full_name, email, phone, created_at, updated_at, version) VALUES
    ('019cade2-11c0-7327-8e00-d4d47b67f76c', '019cade2-11c0-7620-8823-417f9fd98755', 'Ines Moreau', 'tomas@example.com', '+442079460017', '2026-03-02T09:33:49Z', '2026-03-02T09:33:49Z', 1),
    ('019ca395-59c0-7b51-841f-424a755cdfec', '019ca395-59c0-7019-8c11-b1ae4cc1110f', 'Jonas Petrov', 'ines@example.com', '+442079460951', '2026-02-28T09:35:00Z', '2026-02-28T09:35:00Z', 1),
    ('019c9948-a1c0-7d09-83bd-9d1a64732450', '019c9948-a1c0-7242-87f8-d4d02a7ecd3f', 'Mara Lindqvist', 'mara@example.com', '+442079460017', '2026-02-26T09:44:32Z', '2026-02-26T09:44:32Z', 1);

INSERT INTO bookings (id, desk_id, member_id, status, starts_at, ends_at, price, currency, created_at, updated_at, version) VALUES
    ('019cade2-11c0-780c-9001-1faebebbe404', '019cade2-11c0-718d-ac7a-410c5dcc254e', '019cade2-11c0-7327-8e00-d4d47b67f76c', 'requested', '2026-03-09T09:00:00Z', '2026-03-09T17:00:00Z', '112.50', 'EUR', '2026-03-02T09:34:38Z', '2026-03-02T09:34:38Z', 1),
    ('019ca395-59c0-731d-b5b0-1e8d0c1834cb', '019ca395-59c0-7c46-ac8c-6fb3480a3f82', '019ca395-59c0-7b51-841f-424a755cdfec', 'paid', '2026-03-07T09:00:00Z', '2026-03-07T17:00:00Z', '24.50', 'EUR', '2026-02-28T09:32:29Z', '2026-02-28T09:32:29Z', 1),
    ('019c9948-a1c0-7bb2-9a5c-396f354337ce', '019c9948-a1c0-78f6-b677-023cd88e9d19', '019c9948-a1c0-7d09-83bd-9d1a64732450', 'confirmed', '2026-03-05T09:00:00Z', '2026-03-05T17:00:00Z', '32.50', 'EUR', '2026-02-26T09:39:31Z', '2026-02-26T09:39:31Z', 1);

INSERT INTO reminders (id, booking_id, member_id, status, channel, recipient, sent_at, created_at, updated_at, version) VALUES
    ('019cade2-11c0-70d7-8250-35187c0718d6', '019cade2-11c0-780c-9001-1faebebbe404', '019cade2-11c0-7327-8e00-d4d47b67f76c', 'queued', 'email', 'as agreed', NULL, '2026-03-02T09:40:45Z', '2026-03-02T09:40:45Z', 1),
    ('019ca395-59c0-75a5-be8a-d37a98a44bdb', '019ca395-59c0-731d-b5b0-1e8d0c1834cb', '019ca395-59c0-7b51-841f-424a755cdfec', 'sent', 'email', 'as ordered', '2026-02-28T12:44:26Z', '2026-02-28T09:44:26Z', '2026-02-28T12:44:26Z', 1),
    ('019c9948-a1c0-7ef7-a8a8-9aebca3fdbac', '019c9948-a1c0-7bb2-9a5c-396f354337ce', '019c9948-a1c0-7d09-83bd-9d1a64732450', 'failed', 'email', 'the usual', NULL, '2026-02-26T09:32:16Z', '2026-02-26T09:32:16Z', 1);

INSERT INTO payments (id, booking_id, member_id, status, amount, currency, provider_reference, paid_at, created_at, updated_at, version) VALUES
    ('019cade2-11c0-7ff0-bb19-48117a53cdef', '019cade2-11c0-780c-9001-1faebebbe404', '019cade2-11c0-7327-8e00-d4d47b67f76c', 'pending', '90.00', 'EUR', 'ref_9Zb3Lm7x', NULL, '2026-03-02T09:42:32Z', '2026-03-02T09:42:32Z', 1),
    ('019ca395-59c0-7780-a2ea-f93dd8228a9c', '019ca395-59c0-731d-b5b0-1e8d0c1834cb', '019ca395-59c0-7b51-841f-424a755cdfec', 'succeeded', '37.00', 'EUR', 'ref_4Tn8Kq2w', NULL, '2026-02-28T09:35:20Z', '2026-02-28T09:35:20Z', 1),
    ('019c9948-a1c0-7d1b-98b4-d1cdf5d84df3', '019c9948-a1c0-7bb2-9a5c-396f354337ce', '019c9948-a1c0-7d09-83bd-9d1a64732450', 'failed', '66.50', 'EUR', 'ref_9Zb3Lm7x-3', NULL, '2026-02-26T09:37:43Z', '2026-02-26T09:37:43Z', 1);

COMMIT;
