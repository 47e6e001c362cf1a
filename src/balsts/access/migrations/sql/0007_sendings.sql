-- Whoever sent something sees it again; what a key was used for never changes, only what came of it is added, once.
REVOKE UPDATE, DELETE ON access_sending FROM balsts_app;
GRANT UPDATE (made) ON access_sending TO balsts_app;
ALTER TABLE access_sending ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON access_sending TO balsts_app
    USING (sender::text = coalesce(nullif(access_setting('staff'), ''), access_setting('person')));
CREATE FUNCTION access_keep_sending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.made IS NOT NULL THEN
        RAISE EXCEPTION 'what came of a request is told once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_sending BEFORE UPDATE ON access_sending
    FOR EACH ROW EXECUTE FUNCTION access_keep_sending();
