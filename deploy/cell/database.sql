-- What a new cell begins with: the role that owns the tables, the service's, and an empty database.
-- Patroni runs it once, as the superuser; `lapor db roles` then says what the service's role may do.
SET log_statement = 'none';
CREATE ROLE lapor_owner LOGIN PASSWORD '@owner_password@';
CREATE ROLE lapor LOGIN PASSWORD '@service_password@';
CREATE DATABASE lapor OWNER lapor_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE lapor FROM PUBLIC;
GRANT CONNECT ON DATABASE lapor TO lapor;
