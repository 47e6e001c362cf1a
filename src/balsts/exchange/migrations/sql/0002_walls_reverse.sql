DO $$
DECLARE
    name text;
BEGIN
    DROP POLICY seen_with_the_question ON exchange_registermessage;
    DROP POLICY seen_with_the_person ON exchange_registerquestion;
    DROP POLICY kept_by_the_intake ON exchange_feedposition;
    ALTER TABLE exchange_feedposition DISABLE ROW LEVEL SECURITY;
    GRANT DELETE ON exchange_feedposition TO balsts_app;
    FOREACH name IN ARRAY ARRAY['registerquestion', 'registermessage', 'messagebody', 'messagetaken'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS written ON %I', 'exchange_' || name);
        EXECUTE format('DROP POLICY IF EXISTS seen_by_the_intake ON %I', 'exchange_' || name);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', 'exchange_' || name);
        EXECUTE format('DROP TRIGGER IF EXISTS refuse_change ON %I', 'exchange_' || name);
        EXECUTE format('GRANT UPDATE, DELETE ON %I TO balsts_app', 'exchange_' || name);
    END LOOP;
END $$;
