DROP FUNCTION cases_signed_between(timestamptz, timestamptz);
ALTER POLICY platform ON cases_case USING (cases_is_platform()) WITH CHECK (cases_is_platform());
ALTER POLICY staff ON cases_case
    USING (institution_id = access_uuid('institution') AND purpose = access_setting('purpose'));
ALTER POLICY heard ON cases_case USING (access_setting('purpose') = 'appeal' AND cases_is_heard_here(id));
ALTER POLICY own ON cases_case
    USING (access_setting('scope') = 'self' AND (subject_id = access_uuid('person') OR registry_may_see(subject_id)));
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
        EXECUTE format('ALTER POLICY seen ON %I USING (%s)', 'cases_' || name, seen);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['determinationline', 'changeline', 'decisionstep', 'trace', 'notice', 'awardspan',
                                'awardholder'] LOOP
        seen := CASE name
            WHEN 'determinationline' THEN 'cases_determination o WHERE o.id = determination_id'
            WHEN 'changeline' THEN 'cases_change o WHERE o.id = change_id'
            WHEN 'awardspan' THEN 'cases_award o WHERE o.id = award_id'
            WHEN 'awardholder' THEN 'cases_award o WHERE o.id = award_id'
            ELSE 'cases_decision o WHERE o.id = decision_id' END;
        EXECUTE format('ALTER POLICY seen ON %I USING (EXISTS (SELECT FROM %s))', 'cases_' || name, seen);
    END LOOP;
END $$;
ALTER POLICY seen ON cases_attachment USING (
    EXISTS (SELECT FROM cases_case c WHERE c.id = case_id) OR EXISTS (SELECT FROM cases_draft d WHERE d.id = draft_id));
ALTER POLICY seen ON cases_storedfile USING (
    EXISTS (SELECT FROM cases_attachment a WHERE a.file_id = sha256)
    OR EXISTS (SELECT FROM cases_notice n WHERE n.file_id = sha256));
ALTER POLICY seen ON cases_entrydetail USING (cases_is_staff() AND EXISTS (
    SELECT FROM cases_registerentry e JOIN cases_case c ON c.id = e.case_id WHERE e.id = entry_id));
ALTER POLICY read ON cases_registerentry
    USING (person_id IS NULL OR EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
ALTER POLICY ended ON cases_registerentry
    USING (cases_is_staff() AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
DROP FUNCTION cases_sees_case, cases_sees_determination, cases_sees_decision, cases_sees_award, cases_sees_change,
    cases_sees_entry, cases_sees_draft, cases_is_decided_by, cases_sees_file;
