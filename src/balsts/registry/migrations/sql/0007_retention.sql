-- Holds are statements: kept as they were written, and seen with the person. Erasures are recorded by the owner.
CREATE TRIGGER keep_statement BEFORE INSERT OR UPDATE ON registry_legalhold
    FOR EACH ROW EXECUTE FUNCTION registry_keep_statement();
REVOKE UPDATE, DELETE ON registry_legalhold FROM balsts_app;
GRANT UPDATE (recorded, ended_by_id) ON registry_legalhold TO balsts_app;
ALTER TABLE registry_legalhold ALTER COLUMN id SET DEFAULT uuidv7();

ALTER TABLE registry_legalhold ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry_legalhold FOR SELECT
    USING (registry_sees(visibility) AND registry_may_see(person_id));
CREATE POLICY recorded ON registry_legalhold FOR INSERT TO balsts_app
    WITH CHECK (registry_may_record() AND registry_sees(visibility) AND registry_may_see(person_id));
CREATE POLICY ended ON registry_legalhold FOR UPDATE TO balsts_app
    USING (registry_may_record() AND registry_sees(visibility) AND registry_may_see(person_id));

REVOKE INSERT, UPDATE, DELETE ON registry_erasure FROM balsts_app;
