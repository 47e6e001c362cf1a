-- A document that was sent is evidence and stays; the bytes of one that was taken back go with the last that has them.

CREATE FUNCTION cases_keep_sent_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.case_id IS NOT NULL THEN
        RAISE EXCEPTION 'a document of a case is not thrown away' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER keep_sent_document BEFORE DELETE ON cases_attachment
    FOR EACH ROW EXECUTE FUNCTION cases_keep_sent_document();

-- Runs as the owner: the application may delete no stored file by itself.
CREATE FUNCTION cases_drop_unused_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM cases_storedfile f WHERE f.sha256 = OLD.file_id
        AND NOT EXISTS (SELECT FROM cases_attachment a WHERE a.file_id = f.sha256)
        AND NOT EXISTS (SELECT FROM cases_notice n WHERE n.file_id = f.sha256);
    RETURN NULL;
END $$;
CREATE TRIGGER drop_unused_file AFTER DELETE ON cases_attachment
    FOR EACH ROW EXECUTE FUNCTION cases_drop_unused_file();
