-- Whatever is stated, or no longer believed, is told to those who must look again: once a statement, not a row.

CREATE FUNCTION registry_tell_news() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- What the owner of the tables writes is a bulk load, which is told by its source: see `cases.dependency`.
    IF session_user = current_user THEN
        RETURN NULL;
    END IF;
    INSERT INTO registry_news (person, household, type, valid, at)
    SELECT DISTINCT of_whom.person, (one ->> 'household_id')::uuid,
           CASE TG_TABLE_NAME WHEN 'registry_fact' THEN (one ->> 'type')::smallint ELSE 0 END,
           (one ->> 'valid')::daterange, clock_timestamp()
    FROM (SELECT to_jsonb(stated) AS one FROM stated) AS rows,
         LATERAL (SELECT DISTINCT person FROM (VALUES ((one ->> 'person_id')::uuid), ((one ->> 'other_id')::uuid),
                                                      ((one ->> 'same_as_id')::uuid)) AS named (person)
                  WHERE person IS NOT NULL OR one ->> 'person_id' IS NULL) AS of_whom
    WHERE of_whom.person IS NOT NULL OR one ->> 'household_id' IS NOT NULL;
    RETURN NULL;
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['fact', 'relation', 'membership', 'duplicate'] LOOP
        EXECUTE format('CREATE TRIGGER tell_news AFTER INSERT ON %I REFERENCING NEW TABLE AS stated '
                       'FOR EACH STATEMENT EXECUTE FUNCTION registry_tell_news()', 'registry_' || name);
        EXECUTE format('CREATE TRIGGER tell_news_of_end AFTER UPDATE ON %I REFERENCING NEW TABLE AS stated '
                       'FOR EACH STATEMENT EXECUTE FUNCTION registry_tell_news()', 'registry_' || name);
    END LOOP;
END $$;

-- News are taken by the platform alone, and by one taker each.
REVOKE INSERT ON registry_news FROM balsts_app;
ALTER TABLE registry_news ENABLE ROW LEVEL SECURITY;
CREATE POLICY platform ON registry_news TO balsts_app
    USING (access_setting('role') = 'register_intake' AND access_setting('scope') = 'national');
