-- Rights in main database, after the migrations and again whenever tables come: it may be run any number of times. The
-- services sign in as members of app_service (logins.sql) and never as the owner of the tables.

DO $role$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_service') THEN
        CREATE ROLE app_service NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
END;
$role$;
GRANT USAGE ON SCHEMA public TO app_service;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM app_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON bookings, desks, hosts, idempotency_keys, jobs, members, opening_days, payments, photos, places, prices, reminders, sessions, visitors TO app_service;
-- Rows that are only added: nobody who breaks into the application can change or remove them.
GRANT SELECT, INSERT ON audit_entries TO app_service;
