DO $$
DECLARE
    one record;
    names text[] := ARRAY['payments_payoutchoice', 'payments_payoutlist'];
BEGIN
    FOR one IN SELECT tablename, policyname FROM pg_policies WHERE tablename = ANY (names) LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
    FOR one IN SELECT tgname, tgrelid::regclass AS tablename FROM pg_trigger
               WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY (names) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.tablename);
    END LOOP;
END $$;
ALTER TABLE payments_payoutchoice DISABLE ROW LEVEL SECURITY;
ALTER TABLE payments_payoutlist DISABLE ROW LEVEL SECURITY;
GRANT INSERT, SELECT, UPDATE, DELETE ON payments_payoutchoice, payments_payoutlist TO balsts_app;
DROP FUNCTION payments_tell_payouts, payments_payouts_found, payments_store_list, payments_payouts_of,
    payments_owed_person, payments_settle_choice, payments_person_told;
