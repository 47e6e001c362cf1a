-- A status is told to other systems when the decision is in force, so not before the person knows of it; and that it no
-- longer holds, when the decision that ends it is. What holds is held against what was told, so nothing is told twice.

DROP TRIGGER tell_of_status ON cases_awardholder;
DROP FUNCTION cases_tell_of_status();

-- Deferred to the commit: the lock that puts commits in a line is held while they commit, not while a decision is made.
CREATE FUNCTION cases_tell_of_statuses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    of_case uuid;
BEGIN
    SELECT d.case_id INTO of_case FROM cases_decision d WHERE d.id = NEW.decision_id;
    IF NOT EXISTS (SELECT FROM cases_award a WHERE a.case_id = of_case AND a.kind = 'status') THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock('cases_statusnews'::regclass::bigint);
    WITH holds AS (
        SELECT h.award_id AS award, h.person_id AS person, h.code, h.months
        FROM cases_award a JOIN cases_awardholder h ON h.award_id = a.id
        WHERE a.case_id = of_case AND a.kind = 'status' AND h.is_believed AND EXISTS (
            SELECT FROM cases_decisionstep s WHERE s.decision_id = a.decision_id AND s.step = 'in_force')
    ), told AS (
        SELECT n.award, n.person, n.code, n.months, bool_or(n.is_ended) AS is_ended
        FROM cases_award a JOIN cases_statusnews n ON n.award = a.id
        WHERE a.case_id = of_case GROUP BY n.award, n.person, n.code, n.months
    ), news AS (
        SELECT award, person, code, months, true AS is_ended FROM told
        WHERE NOT is_ended AND (award, person) NOT IN (SELECT award, person FROM holds)
        UNION ALL
        SELECT award, person, code, months, false FROM holds
        WHERE (award, person) NOT IN (SELECT award, person FROM told)
    )
    INSERT INTO cases_statusnews (position, at, award, person, code, months, is_ended)
    SELECT (SELECT COALESCE(max(position), 0) FROM cases_statusnews)
           + row_number() OVER (ORDER BY is_ended DESC, code, lower(months), person),
           clock_timestamp(), award, person, code, months, is_ended
    FROM news;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tell_of_statuses AFTER INSERT ON cases_decisionstep
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.step = 'in_force')
    EXECUTE FUNCTION cases_tell_of_statuses();
