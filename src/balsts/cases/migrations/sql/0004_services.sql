-- Entries of registers, cards and complaints: what keeps them as they were made, and who sees what is not public.

REVOKE UPDATE, DELETE ON cases_entrydetail, cases_handover FROM balsts_app;
CREATE TRIGGER refuse_change BEFORE UPDATE ON cases_entrydetail FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE ON cases_handover FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
GRANT UPDATE (revoked_because) ON cases_card TO balsts_app;

-- An organisation's name can be mended by staff who work on a case of it, since whoever applied first stated it.
DROP TRIGGER refuse_change ON cases_organisation;
GRANT UPDATE (name) ON cases_organisation TO balsts_app;
ALTER TABLE cases_organisation ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON cases_organisation FOR SELECT TO balsts_app USING (true);
CREATE POLICY stated ON cases_organisation FOR INSERT TO balsts_app WITH CHECK (true);
CREATE POLICY mended ON cases_organisation FOR UPDATE TO balsts_app
    USING (cases_is_staff() AND EXISTS (SELECT FROM cases_case c WHERE c.organisation_id = cases_organisation.id));

-- -- entries: read by everybody where they are of organisations, written with the case ------------------------------

ALTER TABLE cases_registerentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON cases_registerentry FOR SELECT TO balsts_app
    USING (person_id IS NULL OR EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY entered ON cases_registerentry FOR INSERT TO balsts_app
    WITH CHECK (cases_is_staff() AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY ended ON cases_registerentry FOR UPDATE TO balsts_app
    USING (cases_is_staff() AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));

ALTER TABLE cases_entrydetail ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON cases_entrydetail TO balsts_app USING (cases_is_staff() AND EXISTS (
    SELECT FROM cases_registerentry e JOIN cases_case c ON c.id = e.case_id WHERE e.id = entry_id));

-- The belief in an entry ends by a decision that is signed; an entry or card is of the matter that its decision is of.
CREATE FUNCTION cases_entry_is_of_its_matter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.ended_by_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM cases_decisionstep s WHERE s.decision_id = NEW.ended_by_id AND s.step = 'signed') THEN
        RAISE EXCEPTION 'an entry is ended by a decision that is signed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM cases_decision d JOIN cases_case c ON c.id = d.case_id
        WHERE d.id = NEW.decision_id AND c.id = NEW.case_id
          AND c.organisation_id IS NOT DISTINCT FROM NEW.organisation_id
          AND c.subject_id IS NOT DISTINCT FROM NEW.person_id) THEN
        RAISE EXCEPTION 'an entry is of whom its decision is about' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_of_its_matter BEFORE INSERT OR UPDATE ON cases_registerentry
    FOR EACH ROW EXECUTE FUNCTION cases_entry_is_of_its_matter();

-- -- cards ----------------------------------------------------------------------------------------------------------

CREATE FUNCTION cases_keep_card() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.revoked_at IS NOT NULL AND (NEW.revoked_at <> OLD.revoked_at OR OLD.replaced_by_id IS NOT NULL
                                           OR NEW.revoked_because <> OLD.revoked_because) THEN
            RAISE EXCEPTION 'card: it is taken back already' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM cases_decision d JOIN cases_case c ON c.id = d.case_id
        JOIN cases_decisionstep s ON s.decision_id = d.id AND s.step = 'signed'
        WHERE d.id = NEW.decision_id AND c.id = NEW.case_id
          AND (c.subject_id = NEW.person_id OR EXISTS (
              SELECT FROM cases_party p WHERE p.case_id = c.id AND p.person_id = NEW.person_id))) THEN
        RAISE EXCEPTION 'a card is given to a person of the case by a decision that is signed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_card BEFORE INSERT OR UPDATE ON cases_card FOR EACH ROW EXECUTE FUNCTION cases_keep_card();
-- Cards are written by staff; whose case it is sees them.
CREATE POLICY written ON cases_card AS RESTRICTIVE FOR INSERT TO balsts_app WITH CHECK (cases_is_staff());
CREATE POLICY taken_back ON cases_card AS RESTRICTIVE FOR UPDATE TO balsts_app USING (cases_is_staff());

-- -- complaints -----------------------------------------------------------------------------------------------------

-- Answered by the institution that has it, once; whoever hands one in does not see it again.
DROP POLICY handed_in ON cases_complaint;
CREATE POLICY handed_in ON cases_complaint FOR INSERT TO balsts_app
    WITH CHECK (answered_at IS NULL AND (by_person IS NULL OR by_person = access_uuid('person')));

ALTER TABLE cases_handover ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_both ON cases_handover TO balsts_app
    USING (access_uuid('institution') IN (from_institution_id, to_institution_id))
    WITH CHECK (from_institution_id = access_uuid('institution') AND by_staff = access_uuid('staff'));

-- Runs as the owner: nobody else may move a complaint.
CREATE FUNCTION cases_hand_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE cases_complaint SET institution_id = NEW.to_institution_id
    WHERE id = NEW.complaint_id AND institution_id = NEW.from_institution_id AND answered_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'complaint: it is with another institution, or it is answered already'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hand_over AFTER INSERT ON cases_handover FOR EACH ROW EXECUTE FUNCTION cases_hand_over();
