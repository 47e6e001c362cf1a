-- Drafts of law, runs over many cases, and what nobody has claimed: who may see and change what.

CREATE FUNCTION cases_may_rehearse() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN 'rehearse' = ANY (string_to_array(access_setting('abilities'), ','));

-- The text of a draft never changes; enacted once, it stays so. What a part of a run has done is not undone.
CREATE FUNCTION cases_keep_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'enacted' THEN
        RAISE EXCEPTION 'draft %: it is enacted already', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.enacted_by = OLD.loaded_by THEN
        RAISE EXCEPTION 'draft %: whoever loaded it cannot enact it', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_draft BEFORE UPDATE ON cases_lawdraft FOR EACH ROW EXECUTE FUNCTION cases_keep_draft();

CREATE FUNCTION cases_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.done_at IS NOT NULL THEN
        RAISE EXCEPTION 'part % of a run: it is done already', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_part BEFORE UPDATE ON cases_runpart FOR EACH ROW EXECUTE FUNCTION cases_keep_part();

REVOKE UPDATE, DELETE ON cases_lawdraft, cases_run, cases_runpart, cases_unclaimed FROM balsts_app;
GRANT UPDATE (status, since, enacted_at, enacted_by) ON cases_lawdraft TO balsts_app;
GRANT UPDATE (finished_at, result) ON cases_run TO balsts_app;
GRANT UPDATE (done_at, worker, result) ON cases_runpart TO balsts_app;
GRANT UPDATE (municipality, month, amount, state, settled_at, settled_by) ON cases_unclaimed TO balsts_app;

-- Drafts are about nobody; their rules are code, which only a command on the server brings in and puts into force.
ALTER TABLE cases_lawdraft ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON cases_lawdraft FOR SELECT TO balsts_app USING (true);
CREATE POLICY loaded ON cases_lawdraft FOR INSERT TO balsts_app
    WITH CHECK (cases_is_platform() OR (cases_may_rehearse() AND rules = '' AND status = 'draft'));
CREATE POLICY enacted ON cases_lawdraft FOR UPDATE TO balsts_app
    USING (cases_is_platform() OR (cases_may_rehearse() AND rules = ''));

ALTER TABLE cases_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY platform ON cases_run TO balsts_app USING (cases_is_platform());
CREATE POLICY seen ON cases_run FOR SELECT TO balsts_app USING (kind = 'rehearsal' AND cases_may_rehearse());
ALTER TABLE cases_runpart ENABLE ROW LEVEL SECURITY;
CREATE POLICY platform ON cases_runpart TO balsts_app USING (cases_is_platform());
CREATE POLICY seen ON cases_runpart FOR SELECT TO balsts_app
    USING (EXISTS (SELECT FROM cases_run r WHERE r.id = run_id));

ALTER TABLE cases_unclaimed ENABLE ROW LEVEL SECURITY;
CREATE POLICY platform ON cases_unclaimed TO balsts_app USING (cases_is_platform());
CREATE POLICY staff ON cases_unclaimed TO balsts_app
    USING (purpose = access_setting('purpose') AND registry_may_see(person_id));
CREATE POLICY own ON cases_unclaimed TO balsts_app
    USING (access_setting('scope') = 'self' AND registry_may_see(person_id));

-- Background work is deferred by whoever writes, in the same transaction; a new schema's tables are for all of us.
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
    procrastinate_workers TO balsts_app;
