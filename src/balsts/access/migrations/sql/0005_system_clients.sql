-- A system is opened and revoked once; nothing else about it changes.
REVOKE UPDATE, DELETE ON access_systemclient FROM balsts_app;
GRANT UPDATE (revoked_at) ON access_systemclient TO balsts_app;
CREATE FUNCTION access_keep_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION 'a system that was revoked stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_revoked BEFORE UPDATE ON access_systemclient
    FOR EACH ROW EXECUTE FUNCTION access_keep_revoked();
