-- Published tables are for everybody to read. They are added to and never changed, whoever writes; of a contradiction it
-- is noted once that it no longer stands.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['load', 'loadedrow', 'loadedfigure', 'contradictionfigure'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION access_refuse_change()', 'figures_' || name);
        EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM balsts_app', 'figures_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['load', 'loadedrow', 'loadedfigure', 'contradiction', 'contradictionfigure'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()', 'figures_' || name);
    END LOOP;
END $$;

CREATE FUNCTION figures_keep_contradiction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
       OR to_jsonb(NEW) - 'withdrawn_at' IS DISTINCT FROM to_jsonb(OLD) - 'withdrawn_at' THEN
        RAISE EXCEPTION 'contradiction %: what was found is kept; it can only be withdrawn, once', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_contradiction BEFORE UPDATE ON figures_contradiction
    FOR EACH ROW EXECUTE FUNCTION figures_keep_contradiction();
CREATE TRIGGER refuse_deletion BEFORE DELETE ON figures_contradiction
    FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
REVOKE DELETE ON figures_contradiction FROM balsts_app;

-- A file is there whole: as many rows and figures as its load says, when the transaction ends.
CREATE FUNCTION figures_whole_load() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rows_found bigint;
    figures_found bigint;
BEGIN
    SELECT count(DISTINCT loaded.id), count(figure.id) INTO rows_found, figures_found
        FROM figures_loadedrow loaded LEFT JOIN figures_loadedfigure figure ON figure.row_id = loaded.id
        WHERE loaded.load_id = NEW.id;
    IF rows_found <> NEW.row_count OR figures_found <> NEW.figure_count THEN
        RAISE EXCEPTION 'load % of %: % rows and % figures were to come; there are % and %', NEW.id, NEW.file_name,
            NEW.row_count, NEW.figure_count, rows_found, figures_found USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER whole_load AFTER INSERT ON figures_load DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION figures_whole_load();

-- The rows as they stand: of each table and year the file that came last, and of rows alike the one that came last.
CREATE VIEW figures_standing AS
    SELECT DISTINCT ON (load.table_code, loaded.key) loaded.id, loaded.load_id, load.table_code, loaded.number,
           loaded.key, loaded.series, loaded.cells
    FROM figures_loadedrow loaded
    JOIN (SELECT DISTINCT ON (table_code, year) * FROM figures_load ORDER BY table_code, year, id DESC) load
        ON load.id = loaded.load_id
    ORDER BY load.table_code, loaded.key, loaded.load_id DESC;
GRANT SELECT ON figures_standing TO balsts_app, balsts_reader;
