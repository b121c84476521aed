-- Who may sign in to main database. Its container runs this once, while the volume is empty; elsewhere whoever
-- administers it does, with psql, the passwords in the environment. Then come the migrations, as the owner of the
-- tables, then roles.sql.

\getenv schema_owner SCHEMA_OWNER_PASSWORD
\getenv svc_app SVC_APP_PASSWORD
DO $role$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_service') THEN
        CREATE ROLE app_service NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
END;
$role$;
CREATE ROLE schema_owner LOGIN PASSWORD :'schema_owner' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE svc_app LOGIN PASSWORD :'svc_app' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
GRANT app_service TO svc_app;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO svc_app;
ALTER DATABASE :"DBNAME" OWNER TO schema_owner;
