-- The same walls, asked in a way that the database need not work out anew. A policy is written out into each query that
-- meets its table, and the policies of the tables that it asks into it: the plan of a page's queries took longer than
-- what they did. So what is the same for all rows is asked once for a query (a subquery of its own), and whether
-- somebody sees the case, decision or award that a row hangs on is asked by a function, which is planned once for a
-- connection. These run as whoever asks: the policy of the table that they ask holds within them.

DO $do$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['case', 'determination', 'decision', 'award', 'change', 'draft'] LOOP
        EXECUTE format($fn$
            CREATE FUNCTION %I(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
            BEGIN
                RETURN EXISTS (SELECT FROM %I o WHERE o.id = subject);
            END $$$fn$, 'cases_sees_' || name, 'cases_' || name);
    END LOOP;
END $do$;
CREATE FUNCTION cases_sees_entry(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM cases_registerentry o JOIN cases_case c ON c.id = o.case_id WHERE o.id = subject);
END $$;
-- Made known to somebody who is not of the staff: there is a decision that they see.
CREATE FUNCTION cases_is_decided_by(determination uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM cases_decision o WHERE o.determination_id = determination);
END $$;
CREATE FUNCTION cases_sees_file(subject text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM cases_attachment o WHERE o.file_id = subject)
        OR EXISTS (SELECT FROM cases_notice o WHERE o.file_id = subject);
END $$;

ALTER POLICY platform ON cases_case USING ((SELECT cases_is_platform())) WITH CHECK ((SELECT cases_is_platform()));
ALTER POLICY staff ON cases_case
    USING (institution_id = (SELECT access_uuid('institution')) AND purpose = (SELECT access_setting('purpose')));
ALTER POLICY heard ON cases_case
    USING ((SELECT access_setting('purpose') = 'appeal') AND cases_is_heard_here(id));
ALTER POLICY own ON cases_case
    USING ((SELECT access_setting('scope') = 'self')
           AND (subject_id = (SELECT access_uuid('person')) OR registry_may_see(subject_id)));

-- The platform sees every case, so nothing is asked of its rows.
DO $$
DECLARE
    name text;
    seen text := '((SELECT cases_is_platform()) OR cases_sees_case(case_id))';
    staff text := '(SELECT cases_is_staff())';
BEGIN
    FOREACH name IN ARRAY ARRAY['party', 'application', 'event', 'message', 'determination', 'decision', 'award',
                                'appeal', 'change', 'card', 'task', 'note'] LOOP
        EXECUTE format('ALTER POLICY seen ON %I USING (%s%s)', 'cases_' || name, seen, CASE name
            WHEN 'task' THEN ' AND ' || staff
            WHEN 'note' THEN ' AND ' || staff
            WHEN 'change' THEN ' AND (' || staff || ' OR state = ''confirmed'')'
            WHEN 'decision' THEN ' AND (' || staff || ' OR state NOT IN (''drafted'', ''checked'', ''signed'', '
                                 '''discarded''))'
            WHEN 'determination' THEN ' AND (' || staff || ' OR cases_is_decided_by(id))'
            WHEN 'award' THEN ' AND (' || staff || ' OR cases_sees_decision(decision_id))'
            ELSE '' END);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['determinationline', 'changeline', 'decisionstep', 'trace', 'notice', 'awardspan',
                                'awardholder'] LOOP
        EXECUTE format('ALTER POLICY seen ON %I USING ((SELECT cases_is_platform()) OR %s)', 'cases_' || name, CASE name
            WHEN 'determinationline' THEN 'cases_sees_determination(determination_id)'
            WHEN 'changeline' THEN 'cases_sees_change(change_id)'
            WHEN 'awardspan' THEN 'cases_sees_award(award_id)'
            WHEN 'awardholder' THEN 'cases_sees_award(award_id)'
            ELSE 'cases_sees_decision(decision_id)' END);
    END LOOP;
END $$;
ALTER POLICY seen ON cases_attachment USING (cases_sees_case(case_id) OR cases_sees_draft(draft_id));
ALTER POLICY seen ON cases_storedfile USING (cases_sees_file(sha256));
ALTER POLICY seen ON cases_entrydetail USING ((SELECT cases_is_staff()) AND cases_sees_entry(entry_id));
ALTER POLICY read ON cases_registerentry USING (person_id IS NULL OR cases_sees_case(case_id));
ALTER POLICY ended ON cases_registerentry USING ((SELECT cases_is_staff()) AND cases_sees_case(case_id));

-- What an office signed between two moments, by kind, for whoever sees to its work. Asked of each row through all walls,
-- that takes minutes where an office signs thousands.
CREATE FUNCTION cases_signed_between(first_at timestamptz, next_at timestamptz)
    RETURNS TABLE (kind text, number bigint, automatic bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT 'supervise' = ANY (string_to_array(access_setting('abilities'), ',')) THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT d.kind::text, count(*), count(*) FILTER (WHERE d.is_automatic)
        FROM cases_decisionstep s JOIN cases_decision d ON d.id = s.decision_id JOIN cases_case c ON c.id = d.case_id
        WHERE s.step = 'signed' AND s.at >= first_at AND s.at < next_at
          AND c.institution_id = access_uuid('institution') AND c.purpose = access_setting('purpose')
        GROUP BY 1;
END $$;
