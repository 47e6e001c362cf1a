-- A moment at which only what is believed now will be believed. Asked by it, and not by whether «recorded» is open, the
-- database looks rows up by person instead of in the exclusion's own index, which is many times slower.
CREATE FUNCTION registry_forever() RETURNS timestamptz LANGUAGE sql IMMUTABLE
    RETURN timestamptz '9999-12-31 00:00:00+00';

-- As before, and looked up by person.
CREATE OR REPLACE FUNCTION registry_may_see(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    CASE access_setting('scope')
    WHEN 'national' THEN
        RETURN true;
    WHEN 'municipality' THEN
        RETURN EXISTS (
            SELECT FROM registry_address a JOIN access_municipality m ON m.code = a.municipality_id
            WHERE a.person_id = subject AND a.kind = 'declared' AND a.recorded @> registry_forever()
              AND a.valid @> registry_today() AND m.present_id = access_setting('municipality')
        ) OR EXISTS (
            SELECT FROM registry_jurisdiction j JOIN access_municipality m ON m.code = j.municipality_id
            WHERE j.person_id = subject AND j.recorded @> registry_forever()
              AND j.valid @> registry_today() AND m.present_id = access_setting('municipality')
        );
    WHEN 'self' THEN
        RETURN subject::text = access_setting('person') OR registry_may_see_for(subject);
    ELSE
        RETURN false;
    END CASE;
END $$;

-- Persons in scope by name: those whose name has all the words looked for; only where nobody has them, those of a like
-- name. With a date of birth, those who were born then. Best first, «most» at most.
--
-- A policy would be asked of every row before an index that is not leak-proof may be used. So the index is used here,
-- and the policy's question is asked of what it finds, best first, before anything is cut off. A municipality's question
-- is asked only of those who have ever been declared or dealt with there, since it can be true of nobody else. The
-- statements are planned anew each time: how common the words are and how large the municipality is decides by far. A
-- whole table is never read: right after a bulk load, without statistics, that would be chosen.
DROP FUNCTION registry_find_by_name(text, integer);
CREATE FUNCTION registry_find_by_name(wanted text, born_on text, most integer)
    RETURNS TABLE (person uuid, likeness real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    words text[] := string_to_array(wanted, ' ');
    codes text[] := ARRAY(SELECT m.code FROM access_municipality m WHERE m.present_id = access_setting('municipality'));
    is_near text := CASE WHEN access_setting('scope') <> 'municipality' THEN 'true' ELSE
        '(EXISTS (SELECT FROM registry_address a WHERE a.person_id = n.person_id AND a.municipality_id = ANY ($3)'
        ' AND a.recorded @> registry_forever() OFFSET 0)'
        ' OR EXISTS (SELECT FROM registry_jurisdiction j WHERE j.person_id = n.person_id'
        ' AND j.municipality_id = ANY ($3) AND j.recorded @> registry_forever() OFFSET 0))' END;
BEGIN
    IF access_setting('scope') NOT IN ('national', 'municipality', 'self') THEN
        RETURN;
    END IF;
    IF born_on IS NOT NULL THEN
        RETURN QUERY
        WITH born AS MATERIALIZED (
            SELECT DISTINCT f.person_id FROM registry_fact f
            WHERE f.type = 1 AND f.value = born_on AND f.person_id IS NOT NULL AND upper_inf(f.recorded)
              AND registry_sees(f.visibility) AND registry_may_see(f.person_id)
        ), named AS (
            SELECT n.person_id, bool_or(string_to_array(n.search_key, ' ') @> words) AS has_them,
                   max(word_similarity(wanted, n.search_key)) AS near
            FROM born JOIN registry_personname n USING (person_id)
            WHERE n.recorded @> registry_forever() AND registry_sees(n.visibility)
            GROUP BY n.person_id
        )
        SELECT one.person_id, CASE WHEN one.has_them THEN 1 ELSE one.near END FROM named one
        WHERE one.has_them OR (one.near >= current_setting('pg_trgm.word_similarity_threshold')::real
                               AND NOT EXISTS (SELECT FROM named other WHERE other.has_them))
        ORDER BY one.near DESC, one.person_id LIMIT most;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($query$
        SELECT DISTINCT found.person_id, 1::real FROM (
            SELECT named.person_id FROM (
                SELECT n.person_id FROM registry_personname n
                WHERE string_to_array(n.search_key, ' ') @> $1 AND n.recorded @> registry_forever()
                  AND registry_sees(n.visibility) AND %s OFFSET 0
            ) named
            WHERE registry_may_see(named.person_id) LIMIT $2
        ) found$query$, is_near) USING words, most, codes;
    IF FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($query$
        SELECT found.person_id, max(found.near) FROM (
            SELECT n.person_id, n.near FROM (
                SELECT n.person_id, word_similarity($1, n.search_key) AS near FROM registry_personname n
                WHERE $1 <%% n.search_key AND n.recorded @> registry_forever() AND registry_sees(n.visibility)
                ORDER BY near DESC, n.person_id OFFSET 0
            ) n
            WHERE CASE WHEN %s THEN registry_may_see(n.person_id) ELSE false END LIMIT $2
        ) found
        GROUP BY found.person_id ORDER BY 2 DESC, 1$query$, is_near) USING wanted, most, codes;
END $$;
