ALTER TABLE exchange_mergetold ENABLE ROW LEVEL SECURITY;
CREATE POLICY told_by_the_intake ON exchange_mergetold FOR INSERT TO balsts_app
    WITH CHECK (access_setting('role') = 'register_intake');
CREATE POLICY seen_with_both ON exchange_mergetold FOR SELECT
    USING (registry_may_see(merged) AND registry_may_see("into"));
CREATE TRIGGER refuse_change BEFORE UPDATE ON exchange_mergetold
    FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
REVOKE UPDATE, DELETE ON exchange_mergetold FROM balsts_app;
