DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tablename, policyname FROM pg_policies WHERE tablename LIKE 'payments\_%' LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
    FOR one IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'payments\_%' LOOP
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', one.tablename);
        EXECUTE format('GRANT INSERT, SELECT, UPDATE, DELETE ON %I TO balsts_app', one.tablename);
    END LOOP;
    FOR one IN SELECT tgname, tgrelid::regclass AS tablename FROM pg_trigger
               WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'payments\_%' LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.tablename);
    END LOOP;
END $$;
DROP TRIGGER IF EXISTS payments_note_move ON cases_case;
DO $$
DECLARE
    one record;
BEGIN
    -- In the order that nothing else rests on them any more.
    FOR one IN SELECT p.oid::regprocedure AS named FROM pg_proc p
               WHERE p.proname LIKE 'payments\_%' AND p.pronamespace = 'public'::regnamespace ORDER BY p.oid DESC LOOP
        EXECUTE format('DROP FUNCTION %s', one.named);
    END LOOP;
END $$;
DROP SEQUENCE payments_run_number;
