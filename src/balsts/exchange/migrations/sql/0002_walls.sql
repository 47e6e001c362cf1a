-- What keeps questions and messages as they were written, and who sees them.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['registerquestion', 'registermessage', 'messagebody', 'messagetaken'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION access_refuse_change()', 'exchange_' || name);
        EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM balsts_app', 'exchange_' || name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'exchange_' || name);
        -- Whoever asks, it is the platform that writes down what was asked and what came.
        EXECUTE format('CREATE POLICY written ON %I FOR INSERT TO balsts_app '
                       'WITH CHECK (access_setting(''role'') = ''register_intake'')', 'exchange_' || name);
        EXECUTE format('CREATE POLICY seen_by_the_intake ON %I FOR SELECT '
                       'USING (access_setting(''role'') = ''register_intake'')', 'exchange_' || name);
    END LOOP;
END $$;

-- That a register was asked about a person, why and with what outcome: who may see the person sees it, and the person.
CREATE POLICY seen_with_the_person ON exchange_registerquestion FOR SELECT
    USING (person IS NOT NULL AND registry_may_see(person));
CREATE POLICY seen_with_the_question ON exchange_registermessage FOR SELECT
    USING (EXISTS (SELECT FROM exchange_registerquestion q
                   WHERE q.id = question_id AND q.person IS NOT NULL AND registry_may_see(q.person)));

ALTER TABLE exchange_feedposition ENABLE ROW LEVEL SECURITY;
CREATE POLICY kept_by_the_intake ON exchange_feedposition
    USING (access_setting('role') = 'register_intake') WITH CHECK (access_setting('role') = 'register_intake');
REVOKE DELETE ON exchange_feedposition FROM balsts_app;
