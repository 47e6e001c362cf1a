-- What the session says of who acts (see balsts.access.acting); empty when it says nothing.
CREATE FUNCTION access_setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE(current_setting('balsts.' || name, true), '');

-- For tables that are added to and never changed, whoever writes: the owner and the administrator too.
CREATE FUNCTION access_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is added to and never changed; % was refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

-- The access log: numbered without gaps, dated and chained here, so that no writer can do it otherwise.
CREATE FUNCTION access_record_hash(record access_accessrecord) RETURNS bytea LANGUAGE sql STABLE
    RETURN sha256(convert_to(json_build_array(
        record.number::text,
        to_char(record.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        COALESCE(record.staff::text, ''), COALESCE(record.institution::text, ''),
        record.role, record.purpose, record.subject::text, record.action, record.detail,
        encode(record.previous_hash, 'hex'))::text, 'UTF8'));

CREATE FUNCTION access_chain_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    last record;
BEGIN
    -- One writer at a time, until it commits: a chain has no branches.
    PERFORM pg_advisory_xact_lock('access_accessrecord'::regclass::bigint);
    SELECT number, hash INTO last FROM access_accessrecord ORDER BY number DESC LIMIT 1;
    NEW.number := COALESCE(last.number, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.previous_hash := COALESCE(last.hash, decode(repeat('00', 32), 'hex'));
    NEW.hash := access_record_hash(NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER chain_record BEFORE INSERT ON access_accessrecord
    FOR EACH ROW EXECUTE FUNCTION access_chain_record();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON access_accessrecord
    FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON access_accessrecord
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();
REVOKE UPDATE, DELETE ON access_accessrecord FROM balsts_app;

ALTER TABLE access_accessrecord ENABLE ROW LEVEL SECURITY;
CREATE POLICY written_by_all ON access_accessrecord FOR INSERT TO balsts_app WITH CHECK (true);
CREATE POLICY read_for_audit ON access_accessrecord FOR SELECT TO balsts_app
    USING (access_setting('purpose') = 'audit');
CREATE POLICY read_by_the_person ON access_accessrecord FOR SELECT TO balsts_app
    USING (access_setting('scope') = 'self' AND subject::text = access_setting('person'));

-- Municipalities change by a migration alone.
REVOKE INSERT, UPDATE, DELETE ON access_municipality FROM balsts_app;
