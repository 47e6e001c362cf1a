DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tablename, policyname FROM pg_policies WHERE tablename LIKE 'cases\_%' LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
    FOR one IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'cases\_%' LOOP
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', one.tablename);
        EXECUTE format('GRANT INSERT, SELECT, UPDATE, DELETE ON %I TO balsts_app', one.tablename);
    END LOOP;
    FOR one IN SELECT tgname, tgrelid::regclass AS tablename FROM pg_trigger
               WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'cases\_%' LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.tablename);
    END LOOP;
END $$;
DROP FUNCTION cases_is_staff, cases_is_heard_here, cases_is_platform, cases_award_rests_on_a_decision,
    cases_keep_decision, cases_take_step, cases_step_may_follow, cases_keep_settled, cases_keep_belief, access_uuid;
DROP SEQUENCE cases_numbers;
