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
DROP FUNCTION payments_findings, payments_proof, payments_left_out, payments_run_before, payments_is_released,
    payments_posting_balances, payments_entry_balances, payments_balances, payments_post, payments_only_while_prepared,
    payments_keep_run, payments_take_step, payments_step_may_follow, payments_write_lines, payments_prepare,
    payments_require, payments_written, payments_owed, payments_standing, payments_moment;
