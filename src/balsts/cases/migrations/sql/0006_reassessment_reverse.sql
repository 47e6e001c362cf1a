DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tablename, policyname FROM pg_policies
               WHERE tablename IN ('cases_lawdraft', 'cases_run', 'cases_runpart', 'cases_unclaimed') LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
END $$;
DROP TRIGGER keep_draft ON cases_lawdraft;
DROP TRIGGER keep_part ON cases_runpart;
DROP FUNCTION cases_keep_draft, cases_keep_part, cases_may_rehearse;
