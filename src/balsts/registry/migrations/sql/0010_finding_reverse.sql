DROP FUNCTION registry_find_by_name(text, text, integer);
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

CREATE OR REPLACE FUNCTION registry_may_see(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    CASE access_setting('scope')
    WHEN 'national' THEN
        RETURN true;
    WHEN 'municipality' THEN
        RETURN EXISTS (
            SELECT FROM registry_address a JOIN access_municipality m ON m.code = a.municipality_id
            WHERE a.person_id = subject AND a.kind = 'declared' AND upper_inf(a.recorded)
              AND a.valid @> registry_today() AND m.present_id = access_setting('municipality')
        ) OR EXISTS (
            SELECT FROM registry_jurisdiction j JOIN access_municipality m ON m.code = j.municipality_id
            WHERE j.person_id = subject AND upper_inf(j.recorded)
              AND j.valid @> registry_today() AND m.present_id = access_setting('municipality')
        );
    WHEN 'self' THEN
        RETURN subject::text = access_setting('person') OR registry_may_see_for(subject);
    ELSE
        RETURN false;
    END CASE;
END $$;
DROP FUNCTION registry_forever();
