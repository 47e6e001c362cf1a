-- Persons whose name has all the words looked for; only where nobody in scope has them, those of a like name.
-- Indexes are used here, because a policy would be asked of every row before an index that is not leak-proof; its
-- question is asked of what they find, before anything is cut off.
CREATE OR REPLACE FUNCTION registry_find_by_name(wanted text, most integer) RETURNS TABLE (person uuid, likeness real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT found.person_id, 1::real FROM (
        SELECT n.person_id FROM registry_personname n
        WHERE string_to_array(n.search_key, ' ') @> string_to_array(wanted, ' ') AND upper_inf(n.recorded)
          AND registry_sees(n.visibility) AND registry_may_see(n.person_id)
        LIMIT most
    ) found;
    IF FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT found.person_id, max(found.near) AS near FROM (
        SELECT n.person_id, word_similarity(wanted, n.search_key) AS near
        FROM registry_personname n
        WHERE wanted <% n.search_key AND upper_inf(n.recorded) AND registry_sees(n.visibility)
        ORDER BY near DESC LIMIT 1000
    ) found
    WHERE registry_may_see(found.person_id)
    GROUP BY found.person_id ORDER BY near DESC, found.person_id LIMIT most;
END $$;
