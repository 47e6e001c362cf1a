-- Duplicates are statements: kept as they were written, and seen with the person.
CREATE TRIGGER keep_statement BEFORE INSERT OR UPDATE ON registry_duplicate
    FOR EACH ROW EXECUTE FUNCTION registry_keep_statement();
REVOKE UPDATE, DELETE ON registry_duplicate FROM balsts_app;
GRANT UPDATE (recorded, ended_by_id) ON registry_duplicate TO balsts_app;
ALTER TABLE registry_duplicate ALTER COLUMN id SET DEFAULT uuidv7();

ALTER TABLE registry_duplicate ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry_duplicate FOR SELECT
    USING (registry_sees(visibility) AND registry_may_see(person_id));
CREATE POLICY recorded ON registry_duplicate FOR INSERT TO balsts_app
    WITH CHECK (registry_may_record() AND registry_sees(visibility) AND registry_may_see(person_id)
                AND registry_may_see(same_as_id));
CREATE POLICY ended ON registry_duplicate FOR UPDATE TO balsts_app
    USING (registry_may_record() AND registry_sees(visibility) AND registry_may_see(person_id));
