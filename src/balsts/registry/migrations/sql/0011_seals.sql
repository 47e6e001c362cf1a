-- Openings of what is sealed: dated and logged here, so that none can be without its record; never changed; and whoever
-- oversees is told in the same transaction, or there is no opening.
CREATE FUNCTION registry_log_seal_opening() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    NEW.opened_at := clock_timestamp();
    NEW.until := NEW.opened_at + make_interval(mins => NEW.minutes);
    -- What is sealed about a tie, or an adoption, protects the other side: to show that it was opened would tell of it.
    NEW.is_kept_from_person := EXISTS (
        SELECT FROM registry_relation r WHERE NEW.subject IN (r.person_id, r.other_id) AND r.visibility = 2
    ) OR EXISTS (
        SELECT FROM registry_representation r
        WHERE NEW.subject IN (r.person_id, r.representative_id) AND r.visibility = 2
    ) OR EXISTS (
        SELECT FROM registry_fact f WHERE f.person_id = NEW.subject AND f.type = 6 AND f.visibility = 2
    );
    INSERT INTO access_accessrecord (staff, institution, role, purpose, subject, action, detail)
    VALUES (NEW.staff, NEW.institution, NEW.role, NEW.purpose, NEW.subject, 'break_glass',
            format('sealed data, %s minutes; %s', NEW.minutes, NEW.reason))
    RETURNING number INTO NEW.record;
    RETURN NEW;
END $$;
CREATE TRIGGER log_opening BEFORE INSERT ON registry_sealopening
    FOR EACH ROW EXECUTE FUNCTION registry_log_seal_opening();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON registry_sealopening
    FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
REVOKE UPDATE, DELETE ON registry_sealopening, registry_sealnotice FROM balsts_app;
GRANT UPDATE (seen_at, seen_by) ON registry_sealnotice TO balsts_app;

CREATE FUNCTION registry_seal_opening_is_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM registry_sealnotice n WHERE n.opening_id = NEW.id) THEN
        RAISE EXCEPTION 'registry_sealopening: nobody was told of an opening' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_told AFTER INSERT ON registry_sealopening DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registry_seal_opening_is_told();

-- -- who sees openings and notices --------------------------------------------------------------------------------

CREATE FUNCTION registry_may(ability text) RETURNS boolean LANGUAGE sql STABLE
    RETURN ability = ANY (string_to_array(access_setting('abilities'), ','));

ALTER TABLE registry_sealnotice ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry_sealnotice FOR SELECT TO balsts_app
    USING (registry_may('oversee') AND role = access_setting('role')
           AND (institution IS NULL OR institution::text = access_setting('institution')));
ALTER TABLE registry_sealopening ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry_sealopening FOR SELECT TO balsts_app
    USING (staff::text = access_setting('staff') OR access_setting('purpose') = 'audit'
           OR EXISTS (SELECT FROM registry_sealnotice n WHERE n.opening_id = registry_sealopening.id));
CREATE POLICY opened ON registry_sealopening FOR INSERT TO balsts_app
    WITH CHECK (registry_may('break_glass') AND registry_may_see(subject) AND staff::text = access_setting('staff')
                AND institution::text = access_setting('institution') AND role = access_setting('role')
                AND purpose = access_setting('purpose'));
CREATE POLICY told ON registry_sealnotice FOR INSERT TO balsts_app
    WITH CHECK (seen_at IS NULL AND EXISTS (
        SELECT FROM registry_sealopening o WHERE o.id = opening_id AND o.staff::text = access_setting('staff')));
CREATE POLICY marked ON registry_sealnotice FOR UPDATE TO balsts_app
    USING (seen_at IS NULL AND registry_may('oversee') AND NOT EXISTS (
        SELECT FROM registry_sealopening o WHERE o.id = opening_id AND o.staff::text = access_setting('staff')))
    WITH CHECK (seen_by::text = access_setting('staff'));

-- -- what an opening shows ----------------------------------------------------------------------------------------

-- Whether who acts has opened what is sealed about a person, in this role, for this purpose, and the time is not over.
CREATE FUNCTION registry_is_open(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM registry_sealopening o
        WHERE o.subject = registry_is_open.subject AND o.until > clock_timestamp()
          AND o.staff::text = access_setting('staff') AND o.institution::text = access_setting('institution')
          AND o.role = access_setting('role') AND o.purpose = access_setting('purpose')
    );
END $$;

-- It opens for reading alone; writing about what is sealed stays with the roles that see it.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['identifier', 'personname', 'address', 'jurisdiction', 'contact', 'bankaccount',
                                'membership', 'relation', 'representation', 'duplicate', 'legalhold', 'fact'] LOOP
        EXECUTE format('ALTER POLICY seen ON %I USING ((registry_sees(visibility) OR '
                       '(visibility = 2 AND registry_is_open(person_id))) AND %s)', 'registry_' || name,
                       CASE name WHEN 'fact' THEN '(CASE WHEN person_id IS NULL THEN '
                           'registry_may_see_household(household_id) ELSE registry_may_see(person_id) END)'
                           ELSE 'registry_may_see(person_id)' END);
    END LOOP;
END $$;

-- -- what the person sees of it -----------------------------------------------------------------------------------

CREATE FUNCTION registry_is_kept_from_person(number bigint) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM registry_sealopening o WHERE o.record = number AND o.is_kept_from_person);
END $$;
ALTER POLICY read_by_the_person ON access_accessrecord
    USING (access_setting('scope') = 'self' AND subject::text = access_setting('person')
           AND NOT (action = 'break_glass' AND registry_is_kept_from_person(number)));
