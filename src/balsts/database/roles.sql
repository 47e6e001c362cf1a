-- The rights of the three roles in one database, given by an administrator before the first migration.
-- balsts_owner   owns the tables and migrates them; no part of the application signs in with it
-- balsts_app     the application: obeys row-level security, cannot change a table's form or its policies
-- balsts_reader  checks and reports: reads what policies let it, writes nothing
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO balsts_owner;
GRANT USAGE ON SCHEMA public TO balsts_app, balsts_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE balsts_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO balsts_app;
ALTER DEFAULT PRIVILEGES FOR ROLE balsts_owner IN SCHEMA public GRANT SELECT ON TABLES TO balsts_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE balsts_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO balsts_app;
ALTER DEFAULT PRIVILEGES FOR ROLE balsts_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE balsts_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO balsts_app, balsts_reader;
