-- What keeps the chain as it was made, the order of a decision's steps, and who sees which case.

CREATE SEQUENCE cases_numbers;
GRANT USAGE ON SEQUENCE cases_numbers TO balsts_app;

-- -- nothing in the chain changes ----------------------------------------------------------------------------------

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['application', 'storedfile', 'event', 'note', 'lawtext', 'determination',
                                'determinationline', 'decisionstep', 'trace', 'awardspan', 'notice', 'changeline',
                                'organisation'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION access_refuse_change()', 'cases_' || name);
        EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM balsts_app', 'cases_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['case', 'party', 'task', 'message', 'decision', 'award', 'awardholder', 'appeal',
                                'change', 'registerentry', 'card', 'complaint', 'attachment'] LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM balsts_app', 'cases_' || name);
    END LOOP;
END $$;
-- All that may happen to these later; what they say stays.
GRANT UPDATE (stage, closed_at, assigned_to_id, due_on, review_on, institution_id) ON cases_case TO balsts_app;
GRANT UPDATE (assigned_to_id, due_on, done_at, done_by) ON cases_task TO balsts_app;
GRANT UPDATE (read_at) ON cases_message TO balsts_app;
GRANT UPDATE (case_id, draft_id) ON cases_attachment TO balsts_app;
GRANT DELETE ON cases_attachment TO balsts_app;
GRANT UPDATE (recorded, ended_by_id) ON cases_award TO balsts_app;
GRANT UPDATE (is_believed) ON cases_awardholder TO balsts_app;
GRANT UPDATE (outcome, reasons, decided_by, decided_at, new_decision_id) ON cases_appeal TO balsts_app;
GRANT UPDATE (state, settled_by, settled_at, reason, decision_id) ON cases_change TO balsts_app;
GRANT UPDATE (recorded, ended_by_id, ground) ON cases_registerentry TO balsts_app;
GRANT UPDATE (revoked_at, replaced_by_id) ON cases_card TO balsts_app;
GRANT UPDATE (result, answered_at, answered_by) ON cases_complaint TO balsts_app;

-- Belief in an award or an entry begins now, and ends once, now.
CREATE FUNCTION cases_keep_belief() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT upper_inf(NEW.recorded) OR lower(NEW.recorded) < transaction_timestamp()
           OR lower(NEW.recorded) > clock_timestamp() THEN
            RAISE EXCEPTION '%: it is believed from the moment it is recorded', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NOT upper_inf(OLD.recorded) OR upper_inf(NEW.recorded)
       OR lower(NEW.recorded) IS DISTINCT FROM lower(OLD.recorded)
       OR upper(NEW.recorded) < transaction_timestamp() OR upper(NEW.recorded) > clock_timestamp() THEN
        RAISE EXCEPTION '%: its belief ends once, now; nothing else about it changes', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_belief BEFORE INSERT OR UPDATE ON cases_award
    FOR EACH ROW EXECUTE FUNCTION cases_keep_belief();
CREATE TRIGGER keep_belief BEFORE INSERT OR UPDATE ON cases_registerentry
    FOR EACH ROW EXECUTE FUNCTION cases_keep_belief();

-- What is settled stays settled; the argument names the column of the moment.
CREATE FUNCTION cases_keep_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL THEN
        RAISE EXCEPTION '%: it is settled already', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_settled BEFORE UPDATE ON cases_appeal
    FOR EACH ROW EXECUTE FUNCTION cases_keep_settled('decided_at');
CREATE TRIGGER keep_settled BEFORE UPDATE ON cases_change
    FOR EACH ROW EXECUTE FUNCTION cases_keep_settled('settled_at');
CREATE TRIGGER keep_settled BEFORE UPDATE ON cases_complaint
    FOR EACH ROW EXECUTE FUNCTION cases_keep_settled('answered_at');
CREATE TRIGGER keep_settled BEFORE UPDATE ON cases_task
    FOR EACH ROW EXECUTE FUNCTION cases_keep_settled('done_at');

-- -- the steps of a decision --------------------------------------------------------------------------------------

-- From which states a step leads on. A decision that needs a second person cannot be signed before it is checked.
CREATE FUNCTION cases_step_may_follow(state text, step text, needs_second boolean) RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN CASE step
        WHEN 'drafted' THEN state = 'drafted'
        WHEN 'checked' THEN state = 'drafted' AND needs_second
        WHEN 'signed' THEN state = CASE WHEN needs_second THEN 'checked' ELSE 'drafted' END
        WHEN 'notified' THEN state = 'signed'
        WHEN 'in_force' THEN state IN ('notified', 'appealed')
        WHEN 'appealed' THEN state IN ('notified', 'in_force')
        WHEN 'replaced' THEN state IN ('signed', 'notified', 'in_force', 'appealed')
        WHEN 'ended' THEN state IN ('in_force', 'appealed')
        WHEN 'discarded' THEN state IN ('drafted', 'checked')
        ELSE false
    END;

-- Runs as the owner: nobody else may change a decision's state.
CREATE FUNCTION cases_take_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    decision cases_decision;
BEGIN
    SELECT * INTO decision FROM cases_decision WHERE id = NEW.decision_id FOR UPDATE;
    IF NOT cases_step_may_follow(decision.state, NEW.step, decision.needs_second) THEN
        RAISE EXCEPTION 'decision %: the step % cannot follow the state %', decision.number, NEW.step, decision.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.step IN ('drafted', 'checked', 'signed') AND (NEW.by_staff IS NULL) <> decision.is_automatic THEN
        RAISE EXCEPTION 'decision %: the step % is taken by %', decision.number, NEW.step,
            CASE WHEN decision.is_automatic THEN 'the platform' ELSE 'a member of staff' END
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.step = 'checked' AND NEW.by_staff = decision.drafted_by
       OR NEW.step = 'signed' AND decision.needs_second AND NEW.by_staff = decision.drafted_by THEN
        RAISE EXCEPTION 'decision %: whoever drafted it cannot check or sign it', decision.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE cases_decision SET state = NEW.step WHERE id = NEW.decision_id;
    RETURN NEW;
END $$;
CREATE TRIGGER take_step BEFORE INSERT ON cases_decisionstep
    FOR EACH ROW EXECUTE FUNCTION cases_take_step();

-- A decision begins as a draft; later nothing but its state changes, and that by a step.
CREATE FUNCTION cases_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drafted' THEN
            RAISE EXCEPTION 'a decision begins as a draft' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
        RAISE EXCEPTION 'decision %: what it says never changes', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_decision BEFORE INSERT OR UPDATE ON cases_decision
    FOR EACH ROW EXECUTE FUNCTION cases_keep_decision();

-- An award rests on a decision that is signed.
CREATE FUNCTION cases_award_rests_on_a_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM cases_decisionstep s WHERE s.decision_id = NEW.decision_id AND s.step = 'signed') THEN
        RAISE EXCEPTION 'an award rests on a decision that is signed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rests_on_a_decision BEFORE INSERT ON cases_award
    FOR EACH ROW EXECUTE FUNCTION cases_award_rests_on_a_decision();
CREATE TRIGGER rests_on_a_decision BEFORE INSERT ON cases_registerentry
    FOR EACH ROW EXECUTE FUNCTION cases_award_rests_on_a_decision();

-- -- who sees which case -------------------------------------------------------------------------------------------

CREATE FUNCTION access_uuid(name text) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(access_setting(name), '')::uuid;

-- The platform decides by itself and looks for what changed.
CREATE FUNCTION cases_is_platform() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN access_setting('role') = 'register_intake' AND access_setting('scope') = 'national';

CREATE FUNCTION cases_is_heard_here(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM cases_appeal a WHERE a.case_id = subject AND a.heard_by_id = access_uuid('institution'));
END $$;

ALTER TABLE cases_case ENABLE ROW LEVEL SECURITY;
CREATE POLICY platform ON cases_case TO balsts_app USING (cases_is_platform()) WITH CHECK (cases_is_platform());
CREATE POLICY staff ON cases_case TO balsts_app
    USING (institution_id = access_uuid('institution') AND purpose = access_setting('purpose'))
    WITH CHECK (purpose = access_setting('purpose') AND access_uuid('institution') IS NOT NULL);
CREATE POLICY heard ON cases_case TO balsts_app
    USING (access_setting('purpose') = 'appeal' AND cases_is_heard_here(id));
CREATE POLICY own ON cases_case FOR SELECT TO balsts_app
    USING (access_setting('scope') = 'self' AND (subject_id = access_uuid('person') OR registry_may_see(subject_id)));

-- What hangs on a case is seen by who sees the case; what an office has not made known yet, by staff alone.
CREATE FUNCTION cases_is_staff() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN access_setting('staff') <> '' OR cases_is_platform();

DO $$
DECLARE
    name text;
    seen text;
BEGIN
    FOREACH name IN ARRAY ARRAY['party', 'application', 'event', 'message', 'determination', 'decision', 'award',
                                'appeal', 'change', 'card', 'task', 'note'] LOOP
        seen := 'EXISTS (SELECT FROM cases_case c WHERE c.id = case_id)' || CASE name
            WHEN 'task' THEN ' AND cases_is_staff()'
            WHEN 'note' THEN ' AND cases_is_staff()'
            WHEN 'change' THEN ' AND (cases_is_staff() OR state = ''confirmed'')'
            WHEN 'decision' THEN ' AND (cases_is_staff() OR state NOT IN (''drafted'', ''checked'', ''signed'', '
                                 '''discarded''))'
            WHEN 'determination' THEN ' AND (cases_is_staff() OR EXISTS (SELECT FROM cases_decision d '
                                      'WHERE d.determination_id = cases_determination.id))'
            WHEN 'award' THEN ' AND (cases_is_staff() OR EXISTS (SELECT FROM cases_decision d WHERE d.id = decision_id))'
            ELSE '' END;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'cases_' || name);
        EXECUTE format('CREATE POLICY seen ON %I TO balsts_app USING (%s)', 'cases_' || name, seen);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['determinationline', 'changeline', 'decisionstep', 'trace', 'notice', 'awardspan',
                                'awardholder'] LOOP
        seen := CASE name
            WHEN 'determinationline' THEN 'cases_determination o WHERE o.id = determination_id'
            WHEN 'changeline' THEN 'cases_change o WHERE o.id = change_id'
            WHEN 'awardspan' THEN 'cases_award o WHERE o.id = award_id'
            WHEN 'awardholder' THEN 'cases_award o WHERE o.id = award_id'
            ELSE 'cases_decision o WHERE o.id = decision_id' END;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'cases_' || name);
        EXECUTE format('CREATE POLICY seen ON %I TO balsts_app USING (EXISTS (SELECT FROM %s))', 'cases_' || name, seen);
    END LOOP;
END $$;

ALTER TABLE cases_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON cases_draft TO balsts_app USING (
    by_person = access_uuid('person') AND access_setting('scope') = 'self'
    OR by_staff = access_uuid('staff') AND institution = access_uuid('institution'));

ALTER TABLE cases_attachment ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON cases_attachment TO balsts_app USING (
    EXISTS (SELECT FROM cases_case c WHERE c.id = case_id) OR EXISTS (SELECT FROM cases_draft d WHERE d.id = draft_id));

ALTER TABLE cases_storedfile ENABLE ROW LEVEL SECURITY;
CREATE POLICY written ON cases_storedfile FOR INSERT TO balsts_app WITH CHECK (true);
CREATE POLICY seen ON cases_storedfile FOR SELECT TO balsts_app USING (
    EXISTS (SELECT FROM cases_attachment a WHERE a.file_id = sha256)
    OR EXISTS (SELECT FROM cases_notice n WHERE n.file_id = sha256));

-- Entries of a register are public as far as its declaration says, which pages hold to; complaints are not.
ALTER TABLE cases_complaint ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON cases_complaint TO balsts_app USING (institution_id = access_uuid('institution'));
CREATE POLICY handed_in ON cases_complaint FOR INSERT TO balsts_app WITH CHECK (true);
ALTER TABLE cases_absence ENABLE ROW LEVEL SECURITY;
CREATE POLICY colleagues ON cases_absence TO balsts_app USING (institution_id = access_uuid('institution'));
